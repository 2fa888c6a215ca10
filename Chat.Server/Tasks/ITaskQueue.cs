using System.Text.Json.Serialization.Metadata;
using Chat.Server.Persistence;

namespace Chat.Server.Tasks;

/// <summary>Work to be done later, by any instance: at least once, even if instances are killed.</summary>
internal interface ITaskQueue
{
    /// <summary>Stores a task; ends when it is durable.</summary>
    /// <param name="type">Which handler it is for, 1 to 200 characters.</param>
    /// <param name="payload">What the handler is given, at most 1 MiB.</param>
    /// <param name="plan">How to run it; null for the defaults.</param>
    /// <param name="ct">Cancels waiting; the task may still be stored.</param>
    /// <exception cref="ArgumentException">The plan is invalid.</exception>
    /// <exception cref="StoreException">The database is not available: nothing was stored, unless it says
    /// <see cref="StoreFailure.InDoubt"/>.</exception>
    ValueTask<EnqueuedTask> EnqueueAsync(
        string type, byte[] payload, TaskPlan? plan = null, CancellationToken ct = default);

    /// <summary>The same with a payload as JSON.</summary>
    ValueTask<EnqueuedTask> EnqueueAsync<TPayload>(
        string type, TPayload payload, JsonTypeInfo<TPayload> json, TaskPlan? plan = null,
        CancellationToken ct = default);

    /// <summary>Adds a task to the caller's transaction: it exists only if that is committed.</summary>
    /// <remarks>An existing unique key makes the save fail. Call <see cref="Wake"/> after the commit; otherwise the
    /// task is found at the next interval.</remarks>
    EnqueuedTask Add<TPayload>(
        ChatDbContext context, string type, TPayload payload, JsonTypeInfo<TPayload> json, TaskPlan? plan = null);

    /// <summary>Wakes the worker: there may be a task.</summary>
    void Wake();
}
