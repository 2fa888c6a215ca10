using System.Globalization;

namespace Chat.Tests.Fixtures.Servers;

/// <summary>A Redis Cluster of three primaries without replicas, each with a third of the slots.</summary>
internal sealed class RedisCluster : IAsyncDisposable
{
    private const int Nodes = 3, Slots = 16_384;
    private readonly RedisServer[] _nodes;

    private RedisCluster(RedisServer[] nodes) => _nodes = nodes;

    public RedisServer this[int index] => _nodes[index];

    /// <summary>In StackExchange.Redis' own form, with all nodes.</summary>
    public string ConnectionString => string.Join(",", _nodes.Select(node => $"127.0.0.1:{Text(node.Port)}"));

    public static async Task<RedisCluster> StartAsync()
    {
        var buses = Enumerable.Range(0, Nodes).Select(_ => Text(FreePort.Next())).ToArray();
        var nodes = await Task.WhenAll(buses.Select(bus => RedisServer.StartNewAsync(
            "", "--cluster-enabled", "yes", "--cluster-port", bus,
            // Longer than a busy machine keeps a node silent: the others would answer nobody.
            "--cluster-node-timeout", Text((int)Bounds.Wait.TotalMilliseconds),
            "--cluster-require-full-coverage", "no")));
        var cluster = new RedisCluster(nodes);
        for (var i = 0; i < Nodes; i++)
        {
            await nodes[i].AskAsync("CLUSTER", "SET-CONFIG-EPOCH", Text(i + 1));
            var (first, last) = (Slots * i / Nodes, (Slots * (i + 1) / Nodes) - 1);
            await nodes[i].AskAsync("CLUSTER", "ADDSLOTSRANGE", Text(first), Text(last));
            if (i > 0) await nodes[0].AskAsync("CLUSTER", "MEET", "127.0.0.1", Text(nodes[i].Port), buses[i]);
        }
        await cluster.UntilWholeAsync();
        return cluster;
    }

    /// <summary>Waits until all nodes know that all slots are served.</summary>
    public async Task UntilWholeAsync()
    {
        foreach (var node in _nodes)
            await Eventually.HoldsAsync(async () => await node.AskAsync("CLUSTER", "INFO") is var info
                && info.Contains("cluster_slots_ok:16384", StringComparison.Ordinal)
                && info.Contains("cluster_state:ok", StringComparison.Ordinal));
    }

    /// <summary>The node that carries a slot as <see cref="StartAsync"/> gave them out.</summary>
    public static int NodeOf(int slot) => Enumerable.Range(0, Nodes).First(i => slot < Slots * (i + 1) / Nodes);

    /// <summary>Moves the slot of a channel to another node, as an operator does it.</summary>
    public async Task MoveAsync(string channel, int from, int to)
    {
        var slot = Text(await SlotOfAsync(channel));
        var (source, target) = (await IdAsync(from), await IdAsync(to));
        await _nodes[to].AskAsync("CLUSTER", "SETSLOT", slot, "IMPORTING", source);
        await _nodes[from].AskAsync("CLUSTER", "SETSLOT", slot, "MIGRATING", target);
        foreach (var node in new[] { _nodes[to], _nodes[from] }.Concat(_nodes).Distinct())
            await node.AskAsync("CLUSTER", "SETSLOT", slot, "NODE", target);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes) await node.DisposeAsync();
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private async Task<int> SlotOfAsync(string channel) =>
        int.Parse(await _nodes[0].AskAsync("CLUSTER", "KEYSLOT", channel), CultureInfo.InvariantCulture);

    private async Task<string> IdAsync(int node) => (await _nodes[node].AskAsync("CLUSTER", "MYID")).Trim();
}
