using Chat.Tests.Fixtures.Cluster;
using Chat.Tests.Fixtures.Cluster.Clients;
using Chat.Tests.Fixtures.Cluster.History;

namespace Chat.Tests.Cluster;

/// <summary>One cluster of three processes for all tests that need no other: each leaves it healed.</summary>
public sealed class ClusterFixture : IAsyncDisposable, IAsyncLifetime
{
    private Task<ChatCluster>? _cluster;
    private int _loads;

    /// <summary>Started by the first who asks: where tests are skipped, nothing is.</summary>
    internal Task<ChatCluster> ClusterAsync() =>
        _cluster ??= ChatCluster.StartAsync(new ClusterOptions { Instances = 3 });

    /// <summary>Puts a load on the cluster, does something to it meanwhile, and proves that every promise was
    /// kept.</summary>
    internal async Task ProveAsync(LoadShape shape, Func<ChatCluster, ClusterLoad, Task> fault)
    {
        var cluster = await ClusterAsync();
        await using var load = await ClusterLoad.StartAsync(cluster, shape with { Name = $"load{++_loads}" });
        await fault(cluster, load);
        Assert.True(await load.LevelAsync(Bounds.Wait), await load.LaggardsAsync());
        var findings = HistoryChecker.Check(await load.StopAsync());
        Assert.True(findings.Count == 0, findings.ToString());
        Assert.Equal(shape.Messages, load.Acknowledged);
    }

    /// <summary>Waits until so many more messages are acknowledged than now.</summary>
    internal static Task UntilMoreAsync(ClusterLoad load, int messages)
    {
        var wanted = Math.Min(load.Acknowledged + messages, load.Quota.Messages);
        return Eventually.HoldsAsync(() => load.Acknowledged >= wanted);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_cluster is not null) await (await _cluster).DisposeAsync();
    }

    async Task IAsyncLifetime.DisposeAsync() => await DisposeAsync();
}

/// <summary>These tests start and end servers, and keep all cores busy: one after the other, with no test
/// beside.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class ClusterCollection : ICollectionFixture<ClusterFixture>
{
    public const string Name = "cluster";
}
