using Chat.Server.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Chat.Server.Tasks.Store;

/// <summary>What keeps the queue in order, off the hot path. Failures are <see cref="StoreException"/>.</summary>
internal sealed class TaskUpkeepStore(ChatDatabase database)
{
    /// <summary>Extends the worker's leases on these tasks.</summary>
    /// <returns>Those that it still holds.</returns>
    public Task<HashSet<long>> RenewAsync(
        string worker, IReadOnlyCollection<long> tasks, DateTimeOffset until,
        CancellationToken ct) => database.RunAsync(
        async db =>
        {
            var held = db.Set<TaskRow>().Where(
                t => tasks.Contains(t.Number) && t.Worker == worker && t.State == TaskState.Active);
            await held.ExecuteUpdateAsync(set => set.SetProperty(t => t.LeasedUntil, until), ct);
            return await held.Select(t => t.Number).ToHashSetAsync(ct);
        }, ct);

    /// <summary>Takes tasks away from workers that have been silent for too long: to be run again, or archived after
    /// the last attempt.</summary>
    /// <returns>How many.</returns>
    public Task<int> RecoverAsync(DateTimeOffset now, string error, CancellationToken ct) => database.RunAsync(
        async db =>
        {
            var lost = db.Set<TaskRow>().Where(t => t.State == TaskState.Active && t.LeasedUntil < now);
            var archived = await lost.Where(t => t.Attempts > t.MaxRetry).ExecuteUpdateAsync(
                set => set.SetProperty(t => t.State, TaskState.Archived).SetProperty(t => t.FinishedAt, now)
                    .SetProperty(t => t.LastError, error)
                    .SetProperty(t => t.Worker, (string?)null)
                    .SetProperty(t => t.LeasedUntil, (DateTimeOffset?)null).SetProperty(t => t.UniqueKey,
                        t => t.UniqueKey!.StartsWith(TaskSql.LastingKey) ? t.UniqueKey : null), ct);
            return archived + await lost.ExecuteUpdateAsync(
                set => set.SetProperty(t => t.State, TaskState.Retry).SetProperty(t => t.RunAt, now)
                    .SetProperty(t => t.LastError, error)
                    .SetProperty(t => t.Worker, (string?)null).SetProperty(t => t.LeasedUntil, (DateTimeOffset?)null),
                ct);
        }, ct);

    /// <summary>Deletes completed tasks whose retention is over.</summary>
    /// <returns>How many.</returns>
    public Task<int> SweepAsync(DateTimeOffset now, CancellationToken ct) =>
        database.RunAsync(db => db.Set<TaskRow>().Where(t => t.KeptUntil < now).ExecuteDeleteAsync(ct), ct);

    /// <summary>Makes the queues known to all instances.</summary>
    public Task AddQueuesAsync(IEnumerable<string> names, CancellationToken ct) => database.RunAsync(
        async db =>
        {
            foreach (var name in names)
                await db.Database.ExecuteSqlAsync(
                    $"insert into task_queues (name) values ({name}) on conflict (name) do nothing", ct);
            return true;
        }, ct);

    /// <summary>All queues that were ever used.</summary>
    public Task<List<TaskQueueRow>> QueuesAsync(CancellationToken ct) =>
        database.RunAsync(db => db.Set<TaskQueueRow>().AsNoTracking().ToListAsync(ct), ct);

    /// <summary>Adds what an instance did to the figures of the minutes.</summary>
    public Task AddStatsAsync(IReadOnlyCollection<TaskStatRow> stats, CancellationToken ct) => database.RunAsync(
        async db =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            // In one order everywhere: two instances must not deadlock.
            foreach (var stat in stats.OrderBy(s => s.Queue, StringComparer.Ordinal).ThenBy(s => s.Minute))
            {
                await db.Database.ExecuteSqlAsync(
                    $"""
                    insert into task_stats (queue, minute, processed, failed) values ({stat.Queue}, {stat.Minute},
                      {stat.Processed}, {stat.Failed})
                    on conflict (queue, minute) do update set processed = task_stats.processed + excluded.processed,
                      failed = task_stats.failed + excluded.failed
                    """, ct);
            }
            await transaction.CommitAsync(ct);
            return true;
        }, ct);

    /// <summary>Forgets figures of minutes before this one.</summary>
    public Task<int> ForgetStatsAsync(long before, CancellationToken ct) =>
        database.RunAsync(db => db.Set<TaskStatRow>().Where(s => s.Minute < before).ExecuteDeleteAsync(ct), ct);
}
