namespace Chat.Server.Tasks;

/// <summary>Runs tasks of one type. A task may run more than once: after a failure, and when its instance was
/// lost.</summary>
internal interface ITaskHandler<in TPayload>
{
    /// <summary>Completes when the task is done. Any exception is a failure, which is retried later unless it is a
    /// <see cref="TaskGivenUpException"/>.</summary>
    Task HandleAsync(TPayload payload, TaskRun run, CancellationToken ct);
}
