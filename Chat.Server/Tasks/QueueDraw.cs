using Chat.Server.Tasks.Store;

namespace Chat.Server.Tasks;

/// <summary>Distributes free workers to queues.</summary>
/// <remarks>Weighted random order after Efraimidis and Spirakis, "Weighted random sampling with a reservoir" (2006):
/// the least of −ln(u)/w. Each worker draws again, so over time each queue with tasks gets its share, and none
/// starves.</remarks>
internal static class QueueDraw
{
    /// <param name="queues">The queues that may have tasks.</param>
    /// <param name="slots">Free workers.</param>
    /// <param name="strict">All workers for the queue of greatest weight.</param>
    /// <param name="random">The source of random numbers.</param>
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
