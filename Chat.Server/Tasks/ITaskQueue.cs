using System.Text.Json.Serialization.Metadata;
using Chat.Server.Persistence;

namespace Chat.Server.Tasks;

/// <summary>Work to be done later, by whichever instance has time: at least once, also when instances are
/// killed.</summary>
internal interface ITaskQueue
{
    /// <summary>Stores a task; ends when it is durable.</summary>
    /// <param name="type">Which handler it is for, 1 to 200 characters.</param>
    /// <param name="payload">What the handler is given, at most 1 MiB.</param>
    /// <param name="plan">How to run it; null for the defaults.</param>
    /// <param name="ct">Cancels waiting; the task may be stored all the same.</param>
    /// <exception cref="ArgumentException">Something in the plan cannot be.</exception>
    /// <exception cref="StoreException">The database is not available: nothing was stored, unless it says
    /// <see cref="StoreFailure.InDoubt"/>.</exception>
    ValueTask<EnqueuedTask> EnqueueAsync(
        string type, byte[] payload, TaskPlan? plan = null, CancellationToken ct = default);

    /// <summary>The same with a payload as JSON.</summary>
    ValueTask<EnqueuedTask> EnqueueAsync<TPayload>(
        string type, TPayload payload, JsonTypeInfo<TPayload> json, TaskPlan? plan = null,
        CancellationToken ct = default);

    /// <summary>Adds a task to a transaction of the caller's: it is there when that is committed, and never was when it
    /// is not.</summary>
    /// <remarks>A unique key that is taken fails the save. Call <see cref="Wake"/> after the commit, or it is found at
    /// the next beat.</remarks>
    EnqueuedTask Add<TPayload>(
        ChatDbContext context, string type, TPayload payload, JsonTypeInfo<TPayload> json, TaskPlan? plan = null);

    /// <summary>There may be something to do.</summary>
    void Wake();
}
