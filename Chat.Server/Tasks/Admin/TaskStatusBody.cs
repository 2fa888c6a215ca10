namespace Chat.Server.Tasks.Admin;

/// <summary>The state of a task for its sender.</summary>
internal sealed record TaskStatusBody(
    Guid Id, string Type, string Queue, string State, int Attempts, int MaxRetry, string? LastError,
    DateTimeOffset EnqueuedAt, DateTimeOffset RunAt, DateTimeOffset? FinishedAt);
