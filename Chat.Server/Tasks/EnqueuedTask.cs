namespace Chat.Server.Tasks;

/// <param name="Id">Of the task.</param>
/// <param name="Duplicate">There is one already with its unique key; this one was not stored.</param>
internal readonly record struct EnqueuedTask(Guid Id, bool Duplicate);
