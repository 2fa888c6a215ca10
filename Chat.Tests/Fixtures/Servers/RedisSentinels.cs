using System.Globalization;

namespace Chat.Tests.Fixtures.Servers;

/// <summary>A Redis server with a replica, and three sentinels that watch them under the name <c>chat</c>.</summary>
internal sealed class RedisSentinels : IAsyncDisposable
{
    private readonly RedisServer _replica;
    private readonly RedisServer[] _sentinels;

    private RedisSentinels(RedisServer first, RedisServer replica, RedisServer[] sentinels) =>
        (First, _replica, _sentinels) = (first, replica, sentinels);

    /// <summary>The primary, until another is named.</summary>
    public RedisServer First { get; }

    /// <summary>The primary as the sentinels name it now.</summary>
    public async Task<RedisServer> PrimaryAsync()
    {
        var named = await _sentinels[0].AskAsync("SENTINEL", "GET-MASTER-ADDR-BY-NAME", "chat");
        return named.Split('\n')[1].Trim() == First.Port.ToString(CultureInfo.InvariantCulture) ? First : _replica;
    }

    /// <summary>In StackExchange.Redis' own form.</summary>
    public string ConnectionString => string.Join(",", _sentinels.Select(
        sentinel => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{sentinel.Port}"))) + ",serviceName=chat";

    /// <summary>Ends when the sentinels know each other and the replica.</summary>
    /// <param name="downAfter">How long the primary is silent before another takes over. Null: longer than a busy
    /// machine keeps it silent.</param>
    public static async Task<RedisSentinels> StartAsync(TimeSpan? downAfter = null)
    {
        var first = await RedisServer.StartNewAsync();
        var replica = await RedisServer.StartNewAsync("", "--replicaof", "127.0.0.1",
            first.Port.ToString(CultureInfo.InvariantCulture));
        var sentinels = await Task.WhenAll(Enumerable.Range(0, 3)
            .Select(_ => RedisServer.StartSentinelAsync(first.Port, downAfter ?? Bounds.Wait)));
        foreach (var sentinel in sentinels)
            await Eventually.HoldsAsync(async () => await sentinel.AskAsync("SENTINEL", "MASTER", "chat") is var known
                && known.Contains("num-slaves\n1", StringComparison.Ordinal)
                && known.Contains("num-other-sentinels\n2", StringComparison.Ordinal));
        return new RedisSentinels(first, replica, sentinels);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var sentinel in _sentinels) await sentinel.DisposeAsync();
        await _replica.DisposeAsync();
        await First.DisposeAsync();
    }
}
