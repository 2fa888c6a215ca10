namespace Chat.Server.Tasks.Store;

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

    /// <summary>See <see cref="TaskPlan.Owner"/>; it is not stored.</summary>
    public string Owner { get; init; } = "";

    public DateTimeOffset? Deadline { get; init; }

    public required long RetentionSeconds { get; init; }

    public TaskState State => RunAt > EnqueuedAt ? TaskState.Scheduled : TaskState.Pending;
}
