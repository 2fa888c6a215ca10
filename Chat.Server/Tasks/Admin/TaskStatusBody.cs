namespace Chat.Server.Tasks.Admin;

/// <summary>What the sender of a task may know of it.</summary>
internal sealed record TaskStatusBody(
    Guid Id, string Type, string Queue, string State, int Attempts, int MaxRetry, string? LastError,
    DateTimeOffset EnqueuedAt, DateTimeOffset RunAt, DateTimeOffset? FinishedAt);
