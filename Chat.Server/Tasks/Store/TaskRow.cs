namespace Chat.Server.Tasks.Store;

/// <summary>One task of the background queue. Times are microseconds since 1970 in the database, on every
/// provider.</summary>
internal sealed class TaskRow
{
    /// <summary>Rises with every row: what was enqueued first is first.</summary>
    public long Number { get; init; }

    public required Guid Id { get; init; }

    public required string Queue { get; init; }

    public required TaskState State { get; set; }

    public required string Type { get; init; }

    public required byte[] Payload { get; init; }

    /// <summary>Not before then.</summary>
    public required DateTimeOffset RunAt { get; set; }

    public required DateTimeOffset EnqueuedAt { get; init; }

    /// <summary>How often it was begun.</summary>
    public int Attempts { get; set; }

    public required int MaxRetry { get; init; }

    /// <summary>Who works on it, and until when that holds without a sign of life.</summary>
    public string? Worker { get; set; }

    public DateTimeOffset? LeasedUntil { get; set; }

    /// <summary>No other task with this key may be there.</summary>
    public string? UniqueKey { get; set; }

    public DateTimeOffset? UniqueUntil { get; set; }

    /// <summary>Tasks with this key run one after the other, in the order of their numbers.</summary>
    public string? GroupKey { get; init; }

    /// <summary>It waits behind another one of its group. Triggers of the database keep it true for all writers: see
    /// docs/adr/0014-a-groups-head-is-kept-by-triggers.md.</summary>
    public bool IsBehind { get; set; }

    /// <summary>How often its worker was lost while it ran.</summary>
    public int Losses { get; set; }

    public DateTimeOffset? Deadline { get; init; }

    /// <summary>Seconds for which it is kept once it is completed; 0: it is deleted.</summary>
    public required long RetentionSeconds { get; init; }

    public DateTimeOffset? StartedAt { get; set; }

    public DateTimeOffset? FinishedAt { get; set; }

    /// <summary>When a completed one is deleted.</summary>
    public DateTimeOffset? KeptUntil { get; set; }

    public string? LastError { get; set; }

    /// <summary>The latest failures as JSON: <c>[{"attempt","at","error"}]</c>.</summary>
    public string? Errors { get; set; }
}
