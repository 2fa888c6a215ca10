using Chat.Server.FanOut.Backplane;
using Chat.Server.FanOut.Backplane.InProcess;
using Chat.Server.FanOut.Backplane.Redis;
using Chat.Tests.Unit.Observability;
using Microsoft.Extensions.Logging.Abstractions;

namespace Chat.Tests.Fixtures;

/// <summary>Instances of one test that share a backplane.</summary>
internal abstract class BackplaneNet : IAsyncDisposable
{
    private readonly List<IAsyncDisposable> _members = [];

    /// <summary>A new instance of a deployment, connected.</summary>
    public abstract Task<BackplaneMember> JoinAsync(string deployment = "chat");

    /// <summary>Ends when the member's channel is unsubscribed wherever the messages come from.</summary>
    public abstract Task UnsubscribedAsync(BackplaneMember member, BackplaneChannel channel);

    public virtual async ValueTask DisposeAsync()
    {
        foreach (var member in _members) await member.DisposeAsync().AsTask().WaitAsync(BackplaneMember.Bound);
    }

    protected BackplaneMember Add<T>(T backplane)
        where T : IBackplane, IAsyncDisposable
    {
        _members.Add(backplane);
        return new BackplaneMember(backplane);
    }
}

internal sealed class InProcessNet : BackplaneNet
{
    private readonly Dictionary<string, InProcessBus> _buses = [];

    public override Task<BackplaneMember> JoinAsync(string deployment = "chat")
    {
        if (!_buses.TryGetValue(deployment, out var bus)) _buses[deployment] = bus = new InProcessBus();
        return Task.FromResult(Add(new InProcessBackplane(bus)));
    }

    public override Task UnsubscribedAsync(BackplaneMember member, BackplaneChannel channel) => Task.CompletedTask;
}

/// <summary>Each node is reached through a proxy of its own.</summary>
internal sealed class RedisNet : BackplaneNet
{
    private readonly List<MetricsHarness> _metrics = [];
    private readonly string _unique = Guid.NewGuid().ToString("N");

    private RedisNet(IReadOnlyList<RedisServer> servers) =>
        (Servers, Proxies) = (servers, [.. servers.Select(server => new FaultProxy(server.Port, speaksRedis: true))]);

    public IReadOnlyList<RedisServer> Servers { get; }

    public IReadOnlyList<FaultProxy> Proxies { get; }

    public static async Task<RedisNet> StartAsync(int servers) => new(await Task.WhenAll(Enumerable.Range(0, servers).Select(_ => RedisServer.StartNewAsync())));

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
        var metrics = new MetricsHarness();
        _metrics.Add(metrics);
        var settings = new RedisSettings([.. Proxies.Select(proxy => new RedisEndpoint("127.0.0.1", proxy.Port, false, null))]);
        var options = new BackplaneOptions { ChannelPrefix = $"{deployment}-{_unique}", ProbeMilliseconds = 200, QueueCapacity = 65_536 };
        return Add(new RedisBackplane(settings, options, metrics.Metrics, TimeProvider.System, NullLogger<RedisBackplane>.Instance));
    }

    /// <summary>The name of a conversation's channel.</summary>
    public string NameOf(BackplaneChannel channel, string deployment = "chat") => $"{deployment}-{_unique}:c:{channel.Conversation!.Value.Value:N}";

    /// <summary>The node of a channel.</summary>
    public int NodeOf(BackplaneChannel channel) => RedisShard.Of(channel, Servers.Count);

    public override async Task UnsubscribedAsync(BackplaneMember member, BackplaneChannel channel)
    {
        using var bound = new CancellationTokenSource(BackplaneMember.Bound);
        while (!(await Servers[NodeOf(channel)].AskAsync("PUBSUB", "NUMSUB", NameOf(channel))).TrimEnd().EndsWith("\n0", StringComparison.Ordinal))
            bound.Token.ThrowIfCancellationRequested();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        foreach (var metrics in _metrics) metrics.Dispose();
        foreach (var proxy in Proxies) await proxy.DisposeAsync();
        foreach (var server in Servers) await server.DisposeAsync();
    }
}
