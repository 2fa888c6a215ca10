namespace Chat.Tests.Fixtures.Cluster;

/// <summary>Several real server processes on one PostgreSQL and one Redis of their own, with a proxy on every way
/// between them.</summary>
internal sealed class ChatCluster : IAsyncDisposable
{
    private readonly ClusterOptions _options;
    private ClusterInstance[] _instances = [];

    private ChatCluster(ClusterOptions options, PostgresServer postgres, RedisServer? redis, string connectionString) =>
        (_options, Postgres, Redis, ConnectionString) = (options, postgres, redis, connectionString);

    public PostgresServer Postgres { get; }

    /// <summary>Null when there is none.</summary>
    public RedisServer? Redis { get; }

    /// <summary>Of the database, past the proxies.</summary>
    public string ConnectionString { get; }

    public IReadOnlyList<ClusterInstance> Instances => _instances;

    public ClusterInstance this[int index] => _instances[index];

    public static async Task<ChatCluster> StartAsync(ClusterOptions? options = null)
    {
        options ??= new ClusterOptions();
        var redis = options.Redis ? RedisServer.StartNewAsync() : null;
        var postgres = await PostgresServer.StartNewAsync(options.Durable);
        var cluster = new ChatCluster(options, postgres, redis is null ? null : await redis,
            await postgres.CreateDatabaseAsync());
        try
        {
            cluster._instances = [
                .. Enumerable.Range(0,
                    options.Instances)
                    .Select(_ =>
                        new ClusterInstance(options, postgres.Port, cluster.ConnectionString, cluster.Redis?.Port))];
            await Task.WhenAll(cluster._instances.Select(instance => instance.StartAsync()));
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>The address of any instance, also of one that is down: a client cannot know.</summary>
    public Uri Any() => _instances[Random.Shared.Next(_options.Instances)].Address;

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_instances.Select(instance => instance.DisposeAsync().AsTask()));
        if (Redis is not null) await Redis.DisposeAsync();
        await Postgres.DisposeAsync();
    }
}
