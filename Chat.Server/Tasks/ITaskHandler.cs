namespace Chat.Server.Tasks;

/// <summary>Runs tasks of one type. A task may run more than once: after a failure, and when its instance was
/// lost. One object serves all runs, on all threads.</summary>
/// <typeparam name="TPayload">What a task says, stored as JSON.</typeparam>
public interface ITaskHandler<in TPayload>
{
    /// <summary>Ends when the task is done.</summary>
    /// <param name="payload">What was enqueued.</param>
    /// <param name="run">Which task, and which attempt.</param>
    /// <param name="ct">Cancelled when the instance stops, when the deadline is over, or when another instance may run
    /// it.</param>
    /// <exception cref="Exception">Whatever it throws is a failure, which is tried again later unless it is a
    /// <see cref="TaskGivenUpException"/>.</exception>
    Task HandleAsync(TPayload payload, TaskRun run, CancellationToken ct);
}
