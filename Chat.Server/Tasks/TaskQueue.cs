using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Chat.Contracts.Protocol;
using Chat.Server.Persistence;
using Chat.Server.Tasks.Store;

namespace Chat.Server.Tasks;

/// <summary>Takes tasks in. Those of many callers become one transaction (<see cref="TaskIntake"/>).</summary>
internal sealed class TaskQueue(TaskIntake intake, TaskBell bell, TaskQueues queues, TimeProvider time) : ITaskQueue
{
    private const int MostPayload = 1024 * 1024, LongestType = 200, LongestKey = 200;

    public ValueTask<EnqueuedTask> EnqueueAsync(
        string type, byte[] payload, TaskPlan? plan = null, CancellationToken ct = default) =>
        intake.StoreAsync(Create(type, payload, plan ?? TaskPlan.Default), ct);

    public ValueTask<EnqueuedTask> EnqueueAsync<TPayload>(
        string type, TPayload payload, JsonTypeInfo<TPayload> json, TaskPlan? plan = null,
        CancellationToken ct = default) =>
        EnqueueAsync(type, JsonSerializer.SerializeToUtf8Bytes(payload, json), plan, ct);

    public EnqueuedTask Add<TPayload>(
        ChatDbContext context, string type, TPayload payload, JsonTypeInfo<TPayload> json, TaskPlan? plan = null)
    {
        var task = Create(type, JsonSerializer.SerializeToUtf8Bytes(payload, json), plan ?? TaskPlan.Default);
        context.Set<TaskRow>().Add(new TaskRow
        {
            Id = task.Id, Queue = task.Queue, State = task.State, Type = task.Type, Payload = task.Payload,
            RunAt = task.RunAt, EnqueuedAt = task.EnqueuedAt, MaxRetry = task.MaxRetry,
            UniqueKey = task.UniqueKey, UniqueUntil = task.UniqueUntil, GroupKey = task.GroupKey,
            Deadline = task.Deadline, RetentionSeconds = task.RetentionSeconds,
        });
        queues.Note(task.Queue);
        return new EnqueuedTask(task.Id, Duplicate: false);
    }

    public void Wake() => bell.Ring();

    private NewTask Create(string type, byte[] payload, TaskPlan plan)
    {
        if (type.Length is 0 or > LongestType)
            throw new ArgumentException($"the type must have 1 to {LongestType} characters", nameof(type));
        if (payload.Length > MostPayload)
            throw new ArgumentException($"the payload must have at most {MostPayload} bytes", nameof(payload));
        if (!TaskNames.IsQueue(plan.Queue))
            throw new ArgumentException($"the queue must have {TaskNames.QueueRule}", nameof(plan));
        if (plan.MaxRetry < 0) throw new ArgumentException("MaxRetry must not be negative", nameof(plan));
        if (plan is { ProcessIn: not null, ProcessAt: not null })
            throw new ArgumentException("give ProcessIn or ProcessAt, not both", nameof(plan));
        if (plan.Retention < TimeSpan.Zero || plan.UniqueFor <= TimeSpan.Zero)
            throw new ArgumentException("Retention and UniqueFor must not be negative", nameof(plan));
        if (plan is { UniqueKey: not null, UniqueFor: null })
            throw new ArgumentException("UniqueKey needs UniqueFor", nameof(plan));
        if (ChatText.IsLonger(plan.UniqueKey ?? "", LongestKey) || ChatText.IsLonger(plan.Group ?? "", LongestKey))
            throw new ArgumentException($"UniqueKey and Group must have at most {LongestKey} characters", nameof(plan));
        var now = Microseconds.Truncate(time.GetUtcNow());
        var wanted = plan.ProcessAt ?? now + (plan.ProcessIn ?? TimeSpan.Zero);
        return new NewTask
        {
            Id = Guid.CreateVersion7(now), Queue = plan.Queue, Type = type, Payload = payload, EnqueuedAt = now,
            RunAt = wanted > now ? Microseconds.Truncate(wanted) : now,
            MaxRetry = plan.MaxRetry, GroupKey = plan.Group, Owner = plan.Owner, Deadline = plan.Deadline,
            RetentionSeconds = (long)Math.Ceiling(plan.Retention.TotalSeconds),
            UniqueKey = plan.UniqueFor is null ? null : KeyOf(type, payload, plan),
            UniqueUntil = plan.UniqueFor is { } unique ? now + unique : null,
        };
    }

    private static string KeyOf(string type, byte[] payload, TaskPlan plan)
    {
        var key = plan.UniqueKey ?? Convert.ToHexStringLower(SHA256.HashData(payload));
        return $"{(plan.UniqueBeyondCompletion
            ? TaskSql.LastingKey
            : "=")}{(type.Length <= 90
                ? type
                : Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(type))))}:{key}";
    }
}
