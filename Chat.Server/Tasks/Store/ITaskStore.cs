using Chat.Server.Persistence;

namespace Chat.Server.Tasks.Store;

/// <summary>The hot path of the background queue: putting tasks in, and handing them out against those that are
/// done.</summary>
/// <remarks>A task is handed out again when its worker shows no sign of life until its lease is over: at least once.
/// Failures are <see cref="StoreException"/>.</remarks>
internal interface ITaskStore
{
    /// <summary>Stores all of them in one transaction.</summary>
    /// <returns>For each, false when another task holds its unique key: it was not stored.</returns>
    Task<bool[]> EnqueueAsync(IReadOnlyList<NewTask> tasks, DateTimeOffset now, CancellationToken ct);

    /// <summary>Notes how tasks ended and hands out due ones, in one round trip and one transaction.</summary>
    /// <param name="worker">Whose tasks those are.</param>
    /// <param name="finished">What is no longer held by the worker is passed over.</param>
    /// <param name="wanted">From which queues, and how many at most of each: the longest due first; of a group only the
    /// first.</param>
    /// <param name="now">What is due by then.</param>
    /// <param name="leasedUntil">How long the worker may be silent.</param>
    /// <param name="ct">Cancels waiting.</param>
    Task<List<ClaimedTask>> ExchangeAsync(
        string worker, IReadOnlyList<FinishedTask> finished, IReadOnlyList<QueueDemand> wanted, DateTimeOffset now,
        DateTimeOffset leasedUntil, CancellationToken ct);
}

/// <summary>A task to be stored.</summary>
internal sealed record NewTask
{
    public required Guid Id { get; init; }

    public required string Queue { get; init; }

    public required string Type { get; init; }

    public required byte[] Payload { get; init; }

    public required DateTimeOffset EnqueuedAt { get; init; }

    public required DateTimeOffset RunAt { get; init; }

    public required int MaxRetry { get; init; }

    public string? UniqueKey { get; init; }

    public DateTimeOffset? UniqueUntil { get; init; }

    public string? GroupKey { get; init; }

    public DateTimeOffset? Deadline { get; init; }

    public required long RetentionSeconds { get; init; }

    public TaskState State => RunAt > EnqueuedAt ? TaskState.Scheduled : TaskState.Pending;
}

/// <summary>A task that a worker was handed.</summary>
/// <param name="Attempts">This attempt included.</param>
/// <param name="Errors">See <see cref="Rows.TaskRow.Errors"/>.</param>
internal sealed record ClaimedTask(
    long Number, Guid Id, string Queue, string Type, byte[] Payload, DateTimeOffset EnqueuedAt, int Attempts,
    int MaxRetry, DateTimeOffset? Deadline, long RetentionSeconds, string? Errors);

/// <summary>How a task ended.</summary>
/// <param name="State">Completed, Retry (also for one that is given back) or Archived.</param>
/// <param name="RunAt">When to run it again.</param>
/// <param name="GivenBack">The attempt does not count.</param>
internal sealed record FinishedTask(
    ClaimedTask Task, TaskState State, DateTimeOffset RunAt, string? Error, string? Errors, bool GivenBack = false)
{
    /// <summary>Nothing is kept of it.</summary>
    public bool IsDeleted => State == TaskState.Completed && Task.RetentionSeconds == 0;
}

/// <summary>So many tasks of a queue.</summary>
internal readonly record struct QueueDemand(string Queue, int Limit);
