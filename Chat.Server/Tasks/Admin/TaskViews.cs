using System.Text.Json;
using Chat.Server.Tasks.Store;

namespace Chat.Server.Tasks.Admin;

/// <summary>Reads queues and tasks for display.</summary>
internal sealed class TaskViews(
    TaskAdminStore store, TaskUpkeepStore upkeep, TaskQueues queues, IEnumerable<TaskType> types, TimeProvider time)
{
    private readonly Dictionary<string, Func<byte[], byte[]>> _shown = types.Where(type => type.Shown is not null)
        .ToDictionary(type => type.Name, type => type.Shown!, StringComparer.Ordinal);

    /// <summary>How far the series reach back.</summary>
    public const int Minutes = 60;

    /// <summary>All queues that are configured or were ever used: the heaviest first.</summary>
    public async Task<QueuesBody> QueuesAsync(CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var from = now.ToUnixTimeSeconds() / 60 - Minutes + 1;
        var paused = (await upkeep.QueuesAsync(ct)).ToDictionary(row => row.Name, row => row.IsPaused,
            StringComparer.Ordinal);
        var counts = (await store.CountAsync(ct)).ToLookup(count => count.Queue, StringComparer.Ordinal);
        var stats = (await store.StatsAsync(from, ct)).ToLookup(stat => stat.Queue, StringComparer.Ordinal);
        var shown = new List<QueueBody>();
        foreach (var name in queues.Weights.Keys.Union(paused.Keys).Union(counts.Select(group => group.Key)))
        {
            var states = TaskAdminArguments.States.ToDictionary(state => state, _ => 0L, StringComparer.Ordinal);
            foreach (var count in counts[name]) states[TaskAdminArguments.NameOf(count.State)] = count.Count;
            var oldest = await store.OldestDueAsync(name, now, ct);
            var (processed, failed) = (new long[Minutes], new long[Minutes]);
            foreach (var stat in stats[name].Where(stat => stat.Minute - from < Minutes))
                (processed[stat.Minute - from], failed[stat.Minute - from]) = (stat.Processed, stat.Failed);
            shown.Add(new QueueBody(
                name, queues.Weights.GetValueOrDefault(name, 1), paused.GetValueOrDefault(name), states,
                oldest is { } since ? Math.Round(Math.Max(0, (now - since).TotalSeconds), 3) : 0, processed, failed));
        }
        return new QueuesBody(now, DateTimeOffset.FromUnixTimeSeconds(from * 60),
            [.. shown.OrderByDescending(queue => queue.Weight).ThenBy(queue => queue.Name, StringComparer.Ordinal)]);
    }

    public async Task<TaskListBody> TasksAsync(
        string queue, TaskState state, int offset, int limit, CancellationToken ct)
    {
        var rows = await store.ListAsync(queue, state, offset, limit, ct);
        return new TaskListBody(queue, TaskAdminArguments.NameOf(state), offset, limit, time.GetUtcNow(),
            [.. rows.Select(Show)]);
    }

    private TaskBody Show(TaskRow row) => new(
        row.Id, row.Type, row.Attempts, row.MaxRetry, row.EnqueuedAt, row.RunAt, row.StartedAt, row.FinishedAt,
        row.Deadline, row.KeptUntil, row.LeasedUntil, row.Worker, row.UniqueKey,
        row.GroupKey, row.LastError,
        row.Errors is { } errors ? JsonSerializer.Deserialize(errors, TaskJson.Default.ListTaskError)! : [],
        TaskPayload.Show(ShownOf(row)));

    /// <summary>An unreadable payload is not shown, because its secrets cannot be removed.</summary>
    private byte[] ShownOf(TaskRow row)
    {
        if (!_shown.TryGetValue(row.Type, out var shown)) return row.Payload;
        try
        {
            return shown(row.Payload);
        }
        catch (JsonException)
        {
            return [];
        }
    }
}
