namespace Chat.Server.Tasks;

/// <param name="Id">Of the task.</param>
/// <param name="Duplicate">A task with its unique key exists; this one was not stored.</param>
internal readonly record struct EnqueuedTask(Guid Id, bool Duplicate);
