using Chat.Server.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Chat.Server.Tasks.Store;

/// <summary>What keeps the queue in order, off the hot path. Failures are <see cref="StoreException"/>.</summary>
internal sealed class TaskUpkeepStore(ChatDatabase database)
{
    /// <summary>How often a task's worker may be lost while it runs.</summary>
    public const int MostLosses = 5;

    /// <summary>Over so many seconds those are spread that were lost together, and more with each further
    /// loss.</summary>
    private const int Apart = 30;

    /// <summary>Extends the worker's leases on these tasks.</summary>
    /// <returns>Those that it still holds.</returns>
    public Task<HashSet<long>> RenewAsync(
        string worker, IReadOnlyCollection<long> tasks, DateTimeOffset until,
        CancellationToken ct) => database.ChangeAsync(
        async db =>
        {
            var held = db.Set<TaskRow>().Where(
                t => tasks.Contains(t.Number) && t.Worker == worker && t.State == TaskState.Active);
            await held.ExecuteUpdateAsync(set => set.SetProperty(t => t.LeasedUntil, until), ct);
            return await held.Select(t => t.Number).ToHashSetAsync(ct);
        }, ct);

    /// <summary>Takes tasks away from workers that have been silent for too long. A crash is no attempt of the handler,
    /// so it is not counted as one; but it may be the task that ends the process, so one whose worker was lost
    /// <see cref="MostLosses"/> times is archived.</summary>
    /// <remarks>What ran beside such a task was lost with it. So from the second time on they come back apart from each
    /// other, by their numbers, and what ended well has no part in the next loss.</remarks>
    /// <returns>How many.</returns>
    public Task<int> RecoverAsync(DateTimeOffset now, string error, CancellationToken ct)
    {
        var time = Microseconds.ToUnix(now);
        return database.ChangeAsync(
            db => db.Database.ExecuteSqlAsync(
                $"""
                update tasks set worker = null, leased_until = null, losses = losses + 1, attempts = attempts - 1,
                  last_error = {error},
                  state = case when losses + 1 >= {MostLosses} then 5 else 2 end,
                  run_at = {time} + losses * (number % {Apart}) * 1000000,
                  finished_at = case when losses + 1 >= {MostLosses} then {time} end,
                  unique_key = case when losses + 1 < {MostLosses} or unique_key like '@%' then unique_key end
                where state = 3 and leased_until < {time}
                """, ct), ct);
    }

    /// <summary>Deletes tasks of a type that wait or were given up.</summary>
    /// <param name="type">Of this type.</param>
    /// <param name="isMeant">Which of them, by their payload.</param>
    /// <param name="ct">Cancels waiting; what was deleted stays so.</param>
    public async Task DeleteUnfinishedAsync(string type, Func<byte[], bool> isMeant, CancellationToken ct)
    {
        const int most = 500;
        for (var after = 0L; ;)
        {
            var page = await database.RunAsync(
                db => Unfinished(db).AsNoTracking().Where(t => t.Type == type && t.Number > after)
                    .OrderBy(t => t.Number).Take(most).Select(t => new { t.Number, t.Payload }).ToListAsync(ct), ct);
            var meant = page.Where(t => isMeant(t.Payload)).Select(t => t.Number).ToList();
            if (meant.Count > 0)
                await database.ChangeAsync(
                    db => Unfinished(db).Where(t => meant.Contains(t.Number)).ExecuteDeleteAsync(ct), ct);
            if (page.Count < most) return;
            after = page[^1].Number;
        }
    }

    private static IQueryable<TaskRow> Unfinished(ChatDbContext db) => db.Set<TaskRow>()
        .Where(t => t.State <= TaskState.Retry || t.State == TaskState.Archived);

    /// <summary>Lets the first of each group go that none of its group is before. The triggers do so; this is for a
    /// case that nobody thought of.</summary>
    /// <returns>How many.</returns>
    public Task<int> FreeGroupsAsync(CancellationToken ct) => database.ChangeAsync(
        db => db.Database.ExecuteSqlAsync(
            $"""
            update tasks set is_behind = false where number in (
              select min(number) from tasks where group_key is not null and state <= 3
              group by group_key having min(case when is_behind then 1 else 0 end) = 1)
            """, ct), ct);

    /// <summary>Deletes completed tasks whose retention is over.</summary>
    /// <returns>How many.</returns>
    public Task<int> SweepAsync(DateTimeOffset now, CancellationToken ct) =>
        database.ChangeAsync(db => db.Set<TaskRow>().Where(t => t.KeptUntil < now).ExecuteDeleteAsync(ct), ct);

    /// <summary>Makes the queues known to all instances.</summary>
    public Task AddQueuesAsync(IEnumerable<string> names, CancellationToken ct) => database.ChangeAsync(
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
    public Task AddStatsAsync(IReadOnlyCollection<TaskStatRow> stats, CancellationToken ct) => database.ChangeAsync(
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
        database.ChangeAsync(db => db.Set<TaskStatRow>().Where(s => s.Minute < before).ExecuteDeleteAsync(ct), ct);
}
