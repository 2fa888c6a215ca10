namespace Chat.Server.Tasks;

/// <summary>Does tasks of one type. A task may come more than once: after a failure, and when the instance that had it
/// was lost.</summary>
internal interface ITaskHandler<in TPayload>
{
    /// <summary>Ends when the task is done. Any exception is a failure: it is tried again later, unless it is a
    /// <see cref="TaskGivenUpException"/>.</summary>
    Task HandleAsync(TPayload payload, TaskRun run, CancellationToken ct);
}
