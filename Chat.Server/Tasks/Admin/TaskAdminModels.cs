using System.Text.Json.Serialization;
using Chat.Contracts.Json;

namespace Chat.Server.Tasks.Admin;

/// <summary>What whoever enqueued a task may know of it.</summary>
internal sealed record TaskStatusBody(
    Guid Id, string Type, string Queue, string State, int Attempts, int MaxRetry, string? LastError,
    DateTimeOffset EnqueuedAt, DateTimeOffset RunAt, DateTimeOffset? FinishedAt);

/// <param name="Now">The server's time, to count from.</param>
/// <param name="From">The first minute of the series.</param>
internal sealed record QueuesBody(DateTimeOffset Now, DateTimeOffset From, List<QueueBody> Queues);

/// <param name="Counts">Tasks by state.</param>
/// <param name="LatencySeconds">How long the oldest due task has been waiting; 0 when none is.</param>
/// <param name="Processed">Attempts of each of the last 60 minutes, the present one last.</param>
/// <param name="Failed">Those of them that failed.</param>
internal sealed record QueueBody(
    string Name, int Weight, bool Paused, Dictionary<string, long> Counts, double LatencySeconds, long[] Processed,
    long[] Failed);

internal sealed record TaskListBody(
    string Queue, string State, int Offset, int Limit, DateTimeOffset Now, List<TaskBody> Tasks);

/// <param name="KeptUntil">When a completed one is deleted.</param>
/// <param name="Errors">Its latest failures, the oldest first.</param>
internal sealed record TaskBody(
    Guid Id, string Type, int Attempts, int MaxRetry, DateTimeOffset EnqueuedAt, DateTimeOffset RunAt,
    DateTimeOffset? StartedAt, DateTimeOffset? FinishedAt, DateTimeOffset? Deadline,
    DateTimeOffset? KeptUntil, DateTimeOffset? LeasedUntil, string? Worker, string? UniqueKey, string? GroupKey,
    string? LastError, List<TaskError> Errors, PayloadBody Payload);

/// <summary>A payload to be shown.</summary>
/// <param name="Text">As text, when it is UTF-8; else null.</param>
/// <param name="Base64">In base64, when it is not; else null.</param>
/// <param name="Bytes">Of the whole.</param>
/// <param name="IsCut">Only its beginning is here.</param>
internal sealed record PayloadBody(string? Text, string? Base64, int Bytes, bool IsCut);

internal sealed record ChangedBody(int Changed);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    Converters = [typeof(UtcTimestamp)])]
[JsonSerializable(typeof(TaskStatusBody))]
[JsonSerializable(typeof(QueuesBody))]
[JsonSerializable(typeof(TaskListBody))]
[JsonSerializable(typeof(ChangedBody))]
[JsonSerializable(typeof(List<TaskError>))]
internal sealed partial class TaskAdminJson : JsonSerializerContext;
