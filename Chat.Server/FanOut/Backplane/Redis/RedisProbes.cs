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

    /// <summary>The longest time that one of them did not come back.</summary>
    public TimeSpan Silence => _probes.Select(probe => probe.Silence).DefaultIfEmpty().Max();

    /// <summary>How many did not come back for so long.</summary>
    public int SilentFor(TimeSpan time) => _probes.Count(probe => probe.Silence > time);

    /// <summary>Whether all came back that were sent since.</summary>
    public bool AnsweredSince(long timestamp) =>
        _probes.Count > 0 && _probes.TrueForAll(probe => probe.AnsweredSince(timestamp));

    /// <summary>Sends one by each node, after a look at which nodes there are.</summary>
    public async Task SendAsync(IConnectionMultiplexer redis)
    {
        var subscriber = redis.GetSubscriber();
        var numbers = Numbers(redis);
        var known = _probes.ToDictionary(probe => probe.Name);
        var kept = numbers.Select(names.Probe).Distinct()
            .Select(name => known.GetValueOrDefault(name) ?? new RedisProbe(name, time, metrics.BackplaneProbe))
            .ToList();
        var dropped = _probes.Except(kept).ToArray();
        _probes = kept;
        await Task.WhenAll(
            [.. kept.Select(probe => probe.SendAsync(subscriber)),
                .. dropped.Select(probe => probe.StopAsync(subscriber))]);
    }

    /// <summary>
    /// For each primary of a cluster the first number whose channel is in one of its slots. 0 alone where there is
    /// no cluster.
    /// </summary>
    private IEnumerable<int> Numbers(IConnectionMultiplexer redis)
    {
        if (redis.GetServers().FirstOrDefault(server => server.ServerType == ServerType.Cluster) is not { } any
            || any.ClusterConfiguration is not { } cluster) return [0];
        var primaries = cluster.Nodes.Where(node => !node.IsReplica && node.Slots.Count > 0).ToArray();
        return primaries.Length == 0 ? [0] : primaries.Select(node => Number(redis, node));
    }

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
