using Chat.Server.Tasks.Store;

namespace Chat.Server.Tasks;

/// <summary>Shares free workers out over queues.</summary>
/// <remarks>Weighted random order after Efraimidis and Spirakis, "Weighted random sampling with a reservoir" (2006):
/// the least of −ln(u)/w. Each worker draws anew, so over time each queue that has tasks gets its share of them, and
/// none starves.</remarks>
internal static class QueueDraw
{
    /// <param name="queues">Those that may have tasks.</param>
    /// <param name="slots">Free workers.</param>
    /// <param name="strict">All for the one of greatest weight.</param>
    /// <param name="random">Where chance comes from.</param>
    public static List<QueueDemand> Draw(
        IReadOnlyList<(string Name, int Weight)> queues, int slots, bool strict, Random random)
    {
        if (queues.Count == 0 || slots == 0) return [];
        if (strict) return [new QueueDemand(queues.MaxBy(queue => queue.Weight).Name, slots)];
        var counts = new int[queues.Count];
        for (var slot = 0; slot < slots; slot++)
        {
            var (first, least) = (0, double.PositiveInfinity);
            for (var i = 0; i < queues.Count; i++)
            {
                var key = -Math.Log(1 - random.NextDouble()) / queues[i].Weight;
                if (key < least) (first, least) = (i, key);
            }
            counts[first]++;
        }
        return [.. counts.Select((count, i) => new QueueDemand(queues[i].Name, count))
            .Where(demand => demand.Limit > 0)];
    }
}
