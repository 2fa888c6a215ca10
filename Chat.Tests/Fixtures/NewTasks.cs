using Chat.Server.Tasks.Store;

namespace Chat.Tests.Fixtures;

/// <summary>Tasks as the queue hands them to a store.</summary>
internal static class NewTasks
{
    public static NewTask Of(string type = "test", string queue = "default", TimeSpan due = default) => new()
    {
        Id = Guid.CreateVersion7(), Queue = queue, Type = type, Payload = [1, 2, 3], EnqueuedAt = Drafts.Noon,
        RunAt = Drafts.Noon + due, MaxRetry = 2, RetentionSeconds = 0,
    };

    public static FinishedTask Completed(this ClaimedTask task) =>
        new(task, TaskState.Completed, Drafts.Noon, null, null);

    public static FinishedTask Retried(this ClaimedTask task, DateTimeOffset at, bool givenBack = false) =>
        new(task, TaskState.Retry, at, givenBack ? null : "failed", givenBack ? null : "[]", givenBack);

    public static FinishedTask Archived(this ClaimedTask task) =>
        new(task, TaskState.Archived, Drafts.Noon, "given up", "[]");
}
