namespace Chat.Server.Tasks.Store;

/// <summary>How a task ended.</summary>
/// <param name="State">Completed, Retry (also for one that is given back) or Archived.</param>
/// <param name="RunAt">When to run it again.</param>
/// <param name="GivenBack">The attempt does not count.</param>
internal sealed record FinishedTask(
    ClaimedTask Task, TaskState State, DateTimeOffset RunAt, string? Error, string? Errors, bool GivenBack = false)
{
    /// <summary>It was not brought to an end here, and that is not its fault.</summary>
    public static FinishedTask GiveBack(ClaimedTask task, DateTimeOffset now) =>
        new(task, TaskState.Retry, now, null, task.Errors, GivenBack: true);

    /// <summary>Nothing is kept of it.</summary>
    public bool IsDeleted => State == TaskState.Completed && Task.RetentionSeconds == 0;
}
