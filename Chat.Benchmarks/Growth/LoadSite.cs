using System.Globalization;
using System.Net.Http.Headers;
using Chat.Server.Persistence;

namespace Chat.Benchmarks.Growth;

/// <summary>Servers as processes, on a database of this run that syncs as in production; several with Redis between
/// them.</summary>
internal sealed class LoadSite : IAsyncDisposable
{
    private const string Key = "the-key-of-growth";

    private readonly List<IAsyncDisposable> _parts = [];
    private readonly List<(ServerProcess Server, HttpClient Operators)> _servers = [];
    private int? _postmaster;

    private LoadSite() { }

    public string Urls => string.Join(',', _servers.Select(one => one.Server.Url));

    public static async Task<LoadSite> StartAsync(DatabaseKind kind, GrowthRun run, int instances = 1)
    {
        var site = new LoadSite();
        try
        {
            var database = "Data Source=chat.db"; // in a folder of its own
            if (kind == DatabaseKind.Postgres)
            {
                var postgres = await run.Postgres.Value;
                database = await postgres.CreateDatabaseAsync();
                site._parts.Add(new Dropped(postgres, database));
                site._postmaster = await ProcessTimes.FindPostmasterAsync(database);
            }
            List<(string, string)> settings =
            [
                ("Chat__Operators__Key", Key), ("Chat__Limits__Factor", "0"),
                ("ConnectionStrings__Chat", database),
            ];
            if (instances > 1)
            {
                var redis = await RedisServer.StartNewAsync();
                site._parts.Add(redis);
                settings.Add(("REDIS_URL", redis.Url));
            }
            for (var i = 0; i < instances; i++)
            {
                var server = await ServerProcess.ServeAtAsync("http://127.0.0.1:0", run.Server, [.. settings]);
                site._parts.Add(server);
                var operators = new HttpClient { BaseAddress = server.OperatorsUrl };
                operators.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Key);
                site._servers.Add((server, operators));
            }
            return site;
        }
        catch
        {
            await site.DisposeAsync();
            throw;
        }
    }

    /// <summary>Resident, all servers together.</summary>
    public long ResidentBytes => _servers.Sum(one => new Load.ServerProcess(one.Server.Id).ResidentBytes);

    public async Task<LoadSample> SampleAsync()
    {
        var (messages, deliveries, batches) = (0.0, 0.0, 0.0);
        foreach (var (_, operators) in _servers)
        {
            var metrics = await operators.GetStringAsync("/metrics");
            messages += Read(metrics, "chat_entries_committed_total");
            deliveries += Read(metrics, "chat_entries_delivered_total");
            batches += Read(metrics, "chat_commit_batch_size_count");
        }
        return new LoadSample(_servers.Sum(one => new Load.ServerProcess(one.Server.Id).CpuSeconds),
            _postmaster is { } id ? ProcessTimes.OfTree(id) : 0, messages, deliveries, batches);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var (_, operators) in _servers) operators.Dispose();
        foreach (var part in Enumerable.Reverse(_parts)) await part.DisposeAsync();
    }

    private static double Read(string metrics, string name) => metrics.Split('\n')
        .Where(line => line.StartsWith(name + " ", StringComparison.Ordinal)
            || line.StartsWith(name + "{", StringComparison.Ordinal))
        .Sum(line => double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture));

    /// <summary>A database that goes with the site.</summary>
    private sealed class Dropped(PostgresServer postgres, string database) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => new(GrowthRun.DropAsync(postgres, database));
    }
}
