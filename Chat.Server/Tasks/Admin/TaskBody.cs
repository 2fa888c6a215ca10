namespace Chat.Server.Tasks.Admin;

/// <param name="KeptUntil">When a completed one is deleted.</param>
/// <param name="Errors">Its latest failures, the oldest first.</param>
internal sealed record TaskBody(
    Guid Id, string Type, int Attempts, int MaxRetry, DateTimeOffset EnqueuedAt, DateTimeOffset RunAt,
    DateTimeOffset? StartedAt, DateTimeOffset? FinishedAt, DateTimeOffset? Deadline,
    DateTimeOffset? KeptUntil, DateTimeOffset? LeasedUntil, string? Worker, string? UniqueKey, string? GroupKey,
    string? LastError, List<TaskError> Errors, PayloadBody Payload);
