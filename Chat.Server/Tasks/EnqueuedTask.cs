namespace Chat.Server.Tasks;

/// <summary>What came of enqueuing.</summary>
/// <param name="Id">Of the task.</param>
/// <param name="Duplicate">A task with its unique key exists; this one was not stored.</param>
public readonly record struct EnqueuedTask(Guid Id, bool Duplicate);
