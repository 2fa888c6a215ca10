using Chat.Server.Tasks.Store;
using Chat.Server.Transports.Http;
using Chat.Server.Transports.Rest;

namespace Chat.Server.Tasks.Admin;

/// <summary>The JSON API beside the page.</summary>
internal sealed class TaskAdminEndpoints(
    TaskViews views, TaskAdminStore store, TaskQueues queues, TaskBell bell, TimeProvider time)
{
    public async Task QueuesAsync(HttpContext http) =>
        await JsonAnswer.WriteAsync(http, StatusCodes.Status200OK, await views.QueuesAsync(http.RequestAborted),
            TaskAdminJson.Default.QueuesBody);

    public async Task TasksAsync(HttpContext http)
    {
        var query = http.Request.Query;
        var list = await views.TasksAsync(
            TaskAdminArguments.Queue(query["queue"]),
            TaskAdminArguments.State(query["state"]),
            TaskAdminArguments.Number(query["offset"], "offset", 0, TaskAdminArguments.MaxOffset, unlessGiven: 0),
            TaskAdminArguments.Number(query["limit"], "limit", 1, TaskAdminArguments.MaxLimit,
                TaskAdminArguments.DefaultLimit),
            http.RequestAborted);
        await JsonAnswer.WriteAsync(http, StatusCodes.Status200OK, list, TaskAdminJson.Default.TaskListBody);
    }

    public async Task ChangeOneAsync(HttpContext http, string text, TaskChange change)
    {
        var id = TaskAdminArguments.Id(text);
        var changed = await ChangeAsync(TaskSelection.One(id), change);
        if (changed == 0
            && await store.FindAsync(id, http.RequestAborted) is null) throw new NotFoundException("task not found");
        await ChangedAnswer.WriteAsync(http, changed);
    }

    public async Task ChangeAllAsync(HttpContext http, string queue, string state, TaskChange change) =>
        await ChangedAnswer.WriteAsync(http,
            await ChangeAsync(TaskSelection.All(TaskAdminArguments.Queue(queue), TaskAdminArguments.State(state)),
                change));

    public async Task PauseAsync(HttpContext http, string text, bool isPaused)
    {
        var name = TaskAdminArguments.Queue(text);
        // A configured queue may be paused before it is used.
        if (queues.Weights.ContainsKey(name)) await queues.EnsureAsync([name], CancellationToken.None);
        if (!await store.SetPausedAsync(name, isPaused, CancellationToken.None))
            throw new NotFoundException("queue not found");
        if (!isPaused) bell.Ring();
        await ChangedAnswer.WriteAsync(http, 1);
    }

    // The change is made even if the client does not wait for the answer.
    private async Task<int> ChangeAsync(TaskSelection which, TaskChange change)
    {
        var changed = change switch
        {
            TaskChange.Run => await store.RunNowAsync(which, time.GetUtcNow(), CancellationToken.None),
            TaskChange.Archive => await store.ArchiveAsync(which, time.GetUtcNow(), CancellationToken.None),
            _ => await store.DeleteAsync(which, CancellationToken.None),
        };
        // Also when a task of a group was removed: it may have blocked those behind it.
        if (changed > 0) bell.Ring();
        return changed;
    }
}
