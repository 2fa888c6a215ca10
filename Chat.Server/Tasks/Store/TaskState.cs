namespace Chat.Server.Tasks.Store;

/// <summary>Where a task is. The numbers are stored, and the indexes rely on their order: up to <see cref="Retry"/> it
/// waits.</summary>
internal enum TaskState
{
    /// <summary>To be run as soon as a worker is free.</summary>
    Pending = 0,

    /// <summary>To be run at its time.</summary>
    Scheduled = 1,

    /// <summary>Failed, or its worker was lost: to be run again at its time.</summary>
    Retry = 2,

    /// <summary>A worker has it.</summary>
    Active = 3,

    /// <summary>Done; kept for its retention.</summary>
    Completed = 4,

    /// <summary>Given up, with the last error; kept until it is run or deleted.</summary>
    Archived = 5,
}
