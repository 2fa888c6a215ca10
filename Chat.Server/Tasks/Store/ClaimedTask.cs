namespace Chat.Server.Tasks.Store;

/// <summary>A task that a worker was handed.</summary>
/// <param name="Attempts">This attempt included.</param>
/// <param name="Errors">What earlier attempts ended with, as JSON; null: there is none.</param>
internal sealed record ClaimedTask(
    long Number, Guid Id, string Queue, string Type, byte[] Payload, DateTimeOffset EnqueuedAt, int Attempts,
    int MaxRetry, DateTimeOffset? Deadline, long RetentionSeconds, string? Errors)
{
    /// <summary>Those with the same that a worker was handed together are done in the order of their
    /// numbers.</summary>
    public string? GroupKey { get; init; }

    /// <summary>How often its worker was lost while it ran.</summary>
    public int Losses { get; init; }
}
