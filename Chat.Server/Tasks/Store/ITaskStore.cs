using Chat.Server.Persistence;

namespace Chat.Server.Tasks.Store;

/// <summary>The hot path of the background queue: putting tasks in, and handing them out against those that are
/// done.</summary>
/// <remarks>A task is handed out again when its worker shows no sign of life until its lease is over: at least once.
/// Failures are <see cref="StoreException"/>.</remarks>
internal interface ITaskStore
{
    /// <summary>Stores all of them in one transaction. One whose id is stored already is left as it is, so that a call
    /// whose answer was lost can be made again.</summary>
    /// <returns>For each, false when another task holds its unique key: it was not stored.</returns>
    Task<bool[]> EnqueueAsync(IReadOnlyList<NewTask> tasks, DateTimeOffset now, CancellationToken ct);

    /// <summary>Notes how tasks ended and hands out due ones, in one round trip and one transaction.</summary>
    /// <param name="worker">Whose tasks those are.</param>
    /// <param name="finished">What is no longer held by the worker is passed over.</param>
    /// <param name="wanted">From which queues, and how many at most of each: the longest due first; of a group only the
    /// first, and those that follow it, where that is wanted.</param>
    /// <param name="now">What is due by then.</param>
    /// <param name="leasedUntil">How long the worker may be silent.</param>
    /// <param name="ct">Cancels waiting.</param>
    Task<List<ClaimedTask>> ExchangeAsync(
        string worker, IReadOnlyList<FinishedTask> finished, IReadOnlyList<QueueDemand> wanted, DateTimeOffset now,
        DateTimeOffset leasedUntil, CancellationToken ct);
}
