namespace Chat.Server.Tasks.Store;

/// <summary>A task that a worker was handed.</summary>
/// <param name="Attempts">This attempt included.</param>
/// <param name="Errors">See <see cref="Rows.TaskRow.Errors"/>.</param>
internal sealed record ClaimedTask(
    long Number, Guid Id, string Queue, string Type, byte[] Payload, DateTimeOffset EnqueuedAt, int Attempts,
    int MaxRetry, DateTimeOffset? Deadline, long RetentionSeconds, string? Errors);
