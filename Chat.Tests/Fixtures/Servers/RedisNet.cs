using Chat.Server.FanOut.Backplane;
using Chat.Server.FanOut.Backplane.Redis;

namespace Chat.Tests.Fixtures.Servers;

/// <summary>Redis is reached through a proxy.</summary>
internal sealed class RedisNet : BackplaneNet
{
    private readonly List<IDisposable> _metrics = [];
    private readonly List<RedisConnection> _connections = [];
    private readonly string _unique = Guid.NewGuid().ToString("N");
    private readonly string _protocol;

    private RedisNet(RedisServer server, string protocol) =>
        (Server, Proxy, _protocol) = (server, new FaultProxy(server.Port, speaksRedis: true), protocol);

    public RedisServer Server { get; }

    public FaultProxy Proxy { get; }

    /// <summary>How often the instances that join from now on look whether Redis answers. A minute without an answer
    /// is an outage: on a busy machine answers are late, and in an outage nothing is sent. A test that wants an outage
    /// noticed has it be seconds.</summary>
    public int ProbeMilliseconds { get; set; } = 24_000;

    /// <param name="protocol">How the instances speak to it: resp2 or resp3.</param>
    public static async Task<RedisNet> StartAsync(string protocol) => new(await RedisServer.StartNewAsync(), protocol);

    public override async Task<BackplaneMember> JoinAsync(string deployment = "chat")
    {
        var member = JoinLater(deployment);
        await member.RecoveredAsync();
        while (member.Backplane.Problem is not null) await member.RecoveredAsync();
        return member;
    }

    /// <summary>A new instance that may not be connected yet.</summary>
    public BackplaneMember JoinLater(string deployment = "chat")
    {
        var (backplane, metrics) = RedisBackplanes.Make($"127.0.0.1:{Proxy.Port},protocol={_protocol}",
            $"{deployment}-{_unique}", probeMilliseconds: ProbeMilliseconds);
        _metrics.Add(metrics);
        _connections.Add(backplane.Connection);
        return Add(backplane);
    }

    /// <summary>The name of a conversation's channel.</summary>
    public string NameOf(BackplaneChannel channel, string deployment = "chat") =>
        $"{deployment}-{_unique}:{RedisBackplanes.Tag}:c:{channel.Conversation!.Value.Value:N}";

    public override async Task UnsubscribedAsync(BackplaneMember member, BackplaneChannel channel)
    {
        using var bound = new CancellationTokenSource(Bounds.Wait);
        while (!(await Server.AskAsync("PUBSUB", "SHARDNUMSUB", NameOf(channel))).TrimEnd()
            .EndsWith("\n0", StringComparison.Ordinal))
            bound.Token.ThrowIfCancellationRequested();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        foreach (var connection in _connections) await connection.DisposeAsync();
        foreach (var metrics in _metrics) metrics.Dispose();
        await Proxy.DisposeAsync();
        await Server.DisposeAsync();
    }
}
