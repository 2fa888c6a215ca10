using Chat.Server.Tasks.Store;

namespace Chat.Server.Tasks;

/// <summary>Which queues have how many of this instance's workers. A queue is a bulkhead: its slow tasks hold their own
/// share of the workers, and the others' stay free.</summary>
internal sealed class WorkerSlots(TasksOptions options, IEnumerable<OwnWorkers> own)
{
    /// <summary>How many of one group a worker takes at once, to do them in their order.</summary>
    private const int OfGroup = 64;

    private readonly OwnWorkers[] _own = [.. own];
    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _busy = new(StringComparer.Ordinal);
    private int _shared;

    /// <summary>What free workers want of these queues.</summary>
    public List<QueueDemand> Wanted(IReadOnlyList<(string Name, int Weight)> open)
    {
        lock (_gate)
        {
            var withRoom = open.Where(queue => RoomOf(queue.Name) > 0).ToLookup(queue => OwnOf(queue.Name) is null);
            var drawn = QueueDraw.Draw([.. withRoom[true]], options.Concurrency - _shared, options.StrictPriority,
                Random.Shared);
            return
            [
                .. withRoom[false].Select(queue => Wanted(queue.Name, RoomOf(queue.Name))),
                .. drawn.Select(demand => Wanted(demand.Queue, Math.Min(demand.Limit, RoomOf(demand.Queue)))),
            ];
        }
    }

    public void Take(string queue) => Add(queue, 1);

    public void Give(string queue) => Add(queue, -1);

    private static QueueDemand Wanted(string queue, int limit) => new(queue, limit) { OfGroup = OfGroup };

    private void Add(string queue, int workers)
    {
        lock (_gate)
        {
            if (OwnOf(queue) is null) _shared += workers;
            var busy = _busy.GetValueOrDefault(queue) + workers;
            if (busy == 0) _busy.Remove(queue);
            else _busy[queue] = busy;
        }
    }

    private int RoomOf(string queue) => MostOf(queue) - _busy.GetValueOrDefault(queue);

    /// <summary>Of the shared workers a quarter is always left to other queues, unless their order is strict.</summary>
    private int MostOf(string queue) =>
        OwnOf(queue)?.Count
        ?? (options.StrictPriority ? options.Concurrency : options.Concurrency - options.Concurrency / 4);

    private OwnWorkers? OwnOf(string queue) =>
        Array.Find(_own, one => queue.StartsWith(one.Queues, StringComparison.Ordinal));
}
