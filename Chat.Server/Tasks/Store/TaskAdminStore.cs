using Chat.Server.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Chat.Server.Tasks.Store;

/// <summary>What operators of the queue see and do. Failures are <see cref="StoreException"/>.</summary>
internal sealed class TaskAdminStore(ChatDatabase database)
{
    /// <summary>How many tasks each queue has in each state.</summary>
    public Task<List<TaskCount>> CountAsync(CancellationToken ct) => database.RunAsync(
        db => db.Set<TaskRow>().GroupBy(t => new { t.Queue, t.State })
            .Select(g => new TaskCount(g.Key.Queue, g.Key.State, g.LongCount())).ToListAsync(ct), ct);

    /// <summary>How many tasks wait in each queue; cheaper than <see cref="CountAsync"/>.</summary>
    public Task<Dictionary<string, long>> CountWaitingAsync(CancellationToken ct) => database.RunAsync(
        db => db.Set<TaskRow>().Where(t => t.State <= TaskState.Retry).GroupBy(t => t.Queue)
            .Select(g => new { g.Key, Count = g.LongCount() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct), ct);

    /// <summary>Since when the longest waiting task of the queue is due; null when none is.</summary>
    public Task<DateTimeOffset?> OldestDueAsync(
        string queue, DateTimeOffset now, CancellationToken ct) => database.RunAsync(
        async db =>
        {
            var oldest = new List<DateTimeOffset>(2);
            // Each in the order of the index.
            foreach (var isBehind in new[] { false, true })
                oldest.AddRange(await db.Set<TaskRow>()
                    .Where(t => t.Queue == queue && t.IsBehind == isBehind && t.State <= TaskState.Retry
                        && t.RunAt <= now)
                    .OrderBy(t => t.RunAt).Select(t => t.RunAt).Take(1).ToListAsync(ct));
            return oldest.Count == 0 ? (DateTimeOffset?)null : oldest.Min();
        }, ct);

    /// <summary>What was done in the minutes from this one on.</summary>
    public Task<List<TaskStatRow>> StatsAsync(long from, CancellationToken ct) => database.RunAsync(
        db => db.Set<TaskStatRow>().AsNoTracking().Where(s => s.Minute >= from).OrderBy(s => s.Minute)
            .ToListAsync(ct), ct);

    /// <summary>Tasks of a queue in a state: waiting ones in the order in which they will run, finished ones the latest
    /// first.</summary>
    public Task<List<TaskRow>> ListAsync(
        string queue, TaskState state, int offset, int limit, CancellationToken ct) => database.RunAsync(
        async db =>
        {
            var tasks = db.Set<TaskRow>().AsNoTracking().Where(t => t.Queue == queue && t.State == state);
            if (state <= TaskState.Retry) return await ListWaitingAsync(tasks, offset, limit, ct);
            tasks = state == TaskState.Active
                ? tasks.OrderBy(t => t.Number)
                : tasks.OrderByDescending(t => t.FinishedAt).ThenByDescending(t => t.Number);
            return await tasks.Skip(offset).Take(limit).ToListAsync(ct);
        }, ct);

    /// <summary>The first ones and those behind others, merged: each of the two is in the order of the index.</summary>
    private static async Task<List<TaskRow>> ListWaitingAsync(
        IQueryable<TaskRow> tasks, int offset, int limit, CancellationToken ct)
    {
        var places = new List<(DateTimeOffset RunAt, long Number)>();
        foreach (var isBehind in new[] { false, true })
            places.AddRange((await tasks.Where(t => t.IsBehind == isBehind).OrderBy(t => t.RunAt)
                .ThenBy(t => t.Number).Take(offset + limit).Select(t => new { t.RunAt, t.Number }).ToListAsync(ct))
                .Select(t => (t.RunAt, t.Number)));
        var shown = places.Order().Skip(offset).Take(limit).Select(t => t.Number).ToList();
        return await tasks.Where(t => shown.Contains(t.Number)).OrderBy(t => t.RunAt).ThenBy(t => t.Number)
            .ToListAsync(ct);
    }

    public Task<TaskRow?> FindAsync(Guid id, CancellationToken ct) =>
        database.RunAsync(db => db.Set<TaskRow>().AsNoTracking().FirstOrDefaultAsync(t => t.Id == id, ct), ct);

    /// <summary>Runs waiting or archived tasks as soon as a worker is free.</summary>
    /// <returns>How many; an active or a completed one is left alone.</returns>
    public Task<int> RunNowAsync(TaskSelection which, DateTimeOffset now, CancellationToken ct) => database.ChangeAsync(
        db => which.In(db.Set<TaskRow>())
            .Where(t => t.State <= TaskState.Retry || t.State == TaskState.Archived).ExecuteUpdateAsync(
            set => set.SetProperty(t => t.RunAt, now).SetProperty(t => t.FinishedAt, (DateTimeOffset?)null)
                // One that had used up its attempts begins again.
                .SetProperty(t => t.Attempts, t => t.State == TaskState.Archived ? 0 : t.Attempts)
                .SetProperty(t => t.Losses, t => t.State == TaskState.Archived ? 0 : t.Losses)
                .SetProperty(t => t.State, TaskState.Pending), ct), ct);

    /// <summary>Gives up waiting tasks.</summary>
    public Task<int> ArchiveAsync(
        TaskSelection which, DateTimeOffset now, CancellationToken ct) => database.ChangeAsync(
        db => which.In(db.Set<TaskRow>()).Where(t => t.State <= TaskState.Retry).ExecuteUpdateAsync(
            set => set.SetProperty(t => t.State, TaskState.Archived).SetProperty(t => t.FinishedAt, now)
                .SetProperty(t => t.UniqueKey, t => t.UniqueKey!.StartsWith(TaskSql.LastingKey) ? t.UniqueKey : null)
                .SetProperty(t => t.LastError, t => t.LastError ?? "archived by hand"), ct), ct);

    /// <summary>Deletes tasks that no worker has.</summary>
    public Task<int> DeleteAsync(TaskSelection which, CancellationToken ct) => database.ChangeAsync(
        db => which.In(db.Set<TaskRow>()).Where(t => t.State != TaskState.Active).ExecuteDeleteAsync(ct), ct);

    /// <summary>Stops or resumes handing out tasks of the queue, on all instances within a beat. Those that run go
    /// on.</summary>
    /// <returns>False when no such queue was ever used.</returns>
    public Task<bool> SetPausedAsync(string queue, bool isPaused, CancellationToken ct) => database.ChangeAsync(
        async db => await db.Set<TaskQueueRow>().Where(q => q.Name == queue)
            .ExecuteUpdateAsync(set => set.SetProperty(q => q.IsPaused, isPaused), ct) > 0, ct);
}
