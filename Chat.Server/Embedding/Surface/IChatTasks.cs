using Chat.Server.Tasks;

namespace Chat.Server;

/// <summary>The chat's background queue for the application around it: a singleton, safe for all threads.</summary>
public interface IChatTasks
{
    /// <summary>Stores a task for the handler of this payload (<c>AddTaskHandler</c>); ends when it is durable. It runs
    /// at least once, on any instance.</summary>
    /// <typeparam name="TPayload">The payload of the handler, which names the type of task.</typeparam>
    /// <param name="payload">What the handler is given; at most 1 MiB as JSON.</param>
    /// <param name="plan">How it is run; null: at once, in the queue <c>default</c>.</param>
    /// <param name="ct">Cancels waiting; the task may still be stored.</param>
    /// <returns>Its id, and whether one with its unique key was there, in which case nothing was stored.</returns>
    /// <exception cref="InvalidOperationException">No handler takes such a payload.</exception>
    /// <exception cref="ArgumentException">The plan cannot be used, or the payload is too large.</exception>
    /// <exception cref="ChatRefusalException">The database cannot be reached: nothing was stored, unless the text says
    /// that this is not known.</exception>
    Task<EnqueuedTask> EnqueueAsync<TPayload>(
        TPayload payload, TaskPlan? plan = null, CancellationToken ct = default);
}
