using Chat.Server.Observability;
using StackExchange.Redis;

namespace Chat.Server.FanOut.Backplane.Redis;

/// <summary>
/// One probe for each node that carries channels: a single server has one, a Redis Cluster as many as it has
/// primaries with slots.
/// </summary>
internal sealed class RedisProbes(RedisChannels names, ChatMetrics metrics, TimeProvider time)
{
    private volatile List<RedisProbe> _probes = [];

    public int Count => _probes.Count;

    /// <summary>The longest time since one of them came back.</summary>
    public TimeSpan Silence => _probes.Select(probe => probe.Silence).DefaultIfEmpty().Max();

    /// <summary>How many did not come back within a time.</summary>
    public int SilentFor(TimeSpan time) => _probes.Count(probe => probe.Silence > time);

    /// <summary>The time since one came back from the node of a slot; infinite when there is no such node.</summary>
    public TimeSpan SilenceOf(int slot) =>
        _probes.Find(probe => probe.Slots.Any(range => range.From <= slot && slot <= range.To))?.Silence
        ?? TimeSpan.MaxValue;

    /// <summary>Whether all that were sent since then came back.</summary>
    public bool AnsweredSince(long timestamp) =>
        _probes.Count > 0 && _probes.TrueForAll(probe => probe.AnsweredSince(timestamp));

    /// <summary>Sends one through each node, after reading the list of nodes.</summary>
    public async Task SendAsync(IConnectionMultiplexer redis)
    {
        var subscriber = redis.GetSubscriber();
        var known = _probes.ToDictionary(probe => probe.Name);
        var kept = new List<RedisProbe>();
        foreach (var node in Primaries(redis).DefaultIfEmpty())
        {
            var name = names.Probe(node is null ? 0 : Number(redis, node));
            if (kept.Exists(probe => probe.Name == name)) continue;
            var probe = known.GetValueOrDefault(name) ?? new RedisProbe(name, time, metrics.BackplaneProbe);
            probe.Slots = node?.Slots ?? [];
            kept.Add(probe);
        }
        var dropped = _probes.Except(kept).ToArray();
        _probes = kept;
        await Task.WhenAll(
            [.. kept.Select(probe => probe.SendAsync(subscriber)),
                .. dropped.Select(probe => probe.StopAsync(subscriber))]);
    }

    /// <summary>The primaries of a cluster that have slots; none where there is no cluster.</summary>
    private static IEnumerable<ClusterNode> Primaries(IConnectionMultiplexer redis) =>
        redis.GetServers().FirstOrDefault(server => server.ServerType == ServerType.Cluster)?.ClusterConfiguration
            ?.Nodes.Where(node => !node.IsReplica && node.Slots.Count > 0) ?? [];

    /// <summary>The first number whose channel is in one of the node's slots.</summary>
    private int Number(IConnectionMultiplexer redis, ClusterNode node)
    {
        for (var number = 0; ; number++)
        {
            var slot = redis.HashSlot((byte[])names.Probe(number)!);
            if (number >= RedisProbe.MostNumbers || node.Slots.Any(range => range.From <= slot && slot <= range.To))
                return number;
        }
    }
}
