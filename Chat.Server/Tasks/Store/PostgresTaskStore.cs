using Chat.Server.Persistence;
using Chat.Server.Persistence.Postgres;
using Npgsql;
using NpgsqlTypes;

namespace Chat.Server.Tasks.Store;

/// <summary>Tasks on PostgreSQL: instances share the work by SKIP LOCKED.</summary>
internal sealed class PostgresTaskStore(PostgresConnections connections) : ITaskStore
{
    private const int MostAttempts = 5;

    private const string FreeKeys =
        "update tasks set unique_key = null where unique_key = any($1) and unique_until <= $2";

    private const string Insert =
        $"""
        insert into tasks ({TaskSql.Columns})
        select i.id, i.queue, i.state, i.type, i.payload, i.run_at, i.enqueued_at, 0, i.max_retry, i.unique_key,
          i.unique_until, i.group_key, i.deadline, i.retention
        from unnest($1::uuid[], $2::text[], $3::smallint[], $4::text[], $5::bytea[], $6::bigint[], $7::bigint[],
          $8::int[], $9::text[], $10::bigint[], $11::text[], $12::bigint[], $13::bigint[])
          with ordinality as i(id, queue, state, type, payload, run_at, enqueued_at, max_retry, unique_key,
            unique_until, group_key, deadline, retention, ord)
        order by i.ord
        on conflict (unique_key) where unique_key is not null do nothing
        returning id
        """;

    private const string Delete = "delete from tasks where number = any($1) and worker = $2 and state = 3";

    private const string Finish =
        $"""
        update tasks t set state = f.state, run_at = f.run_at, attempts = attempts - f.given_back, worker = null,
          leased_until = null,
          finished_at = case when f.state >= 4 then $7 end, kept_until = case when f.state = 4 then $7
            + retention_seconds * 1000000 end, last_error = f.error, errors = f.errors,
          unique_key = case when f.state < 4 or {TaskSql.IsLastingKey} then unique_key end
        from unnest($1::bigint[], $2::smallint[], $3::bigint[], $4::text[], $5::text[], $6::int[]) f(number, state,
          run_at, error, errors, given_back)
        where t.number = f.number and t.worker = $8 and t.state = 3
        """;

    private const string Claim =
        $"""
        with chosen as (
          select c.number from unnest($1::text[], $2::int[]) as q(name, want) cross join lateral (
            select w.number from tasks w
            where w.queue = q.name and w.state <= 2 and w.run_at <= $3 and {TaskSql.IsFirstOfGroup}
            order by w.run_at, w.number limit q.want for update skip locked) c)
        update tasks set state = 3, attempts = attempts + 1, worker = $4, leased_until = $5, started_at = $3
          where number in (select number from chosen)
        returning {TaskSql.ClaimedColumns}
        """;

    public async Task<bool[]> EnqueueAsync(IReadOnlyList<NewTask> tasks, DateTimeOffset now, CancellationToken ct)
    {
        if (tasks.Count == 0) return [];
        return await connections.CommitAsync(async connection =>
        {
            for (var attempt = 1; ; attempt++)
            {
                try
                {
                    return await EnqueueAsync(connection, tasks, now, ct);
                }
                catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.DeadlockDetected
                    && attempt < MostAttempts)
                {
                    // Another instance stores the same unique keys in another order. It goes on now; then they are
                    // duplicates here.
                }
            }
        }, ct);
    }

    private static async Task<bool[]> EnqueueAsync(
        NpgsqlConnection connection, IReadOnlyList<NewTask> tasks, DateTimeOffset now, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(connection);
        string[] keys = [.. tasks.Select(t => t.UniqueKey).OfType<string>()];
        if (keys.Length > 0)
            batch.BatchCommands.Add(
                new NpgsqlBatchCommand(FreeKeys) { Parameters = { Of(keys), Of(Microseconds.ToUnix(now)) } });
        batch.BatchCommands.Add(new NpgsqlBatchCommand(Insert)
        {
            Parameters =
            {
                Of(tasks.Select(t => t.Id)), Of(tasks.Select(t => t.Queue)), Of(tasks.Select(t => (short)t.State)),
                Of(tasks.Select(t => t.Type)),
                Of(tasks.Select(t => t.Payload)), Of(tasks.Select(t => Microseconds.ToUnix(t.RunAt))),
                Of(tasks.Select(t => Microseconds.ToUnix(t.EnqueuedAt))), Of(tasks.Select(t => t.MaxRetry)),
                Of(tasks.Select(t => t.UniqueKey)),
                Of(tasks.Select(t => Time(t.UniqueUntil))), Of(tasks.Select(t => t.GroupKey)),
                Of(tasks.Select(t => Time(t.Deadline))),
                Of(tasks.Select(t => t.RetentionSeconds)),
            },
        });
        var stored = new HashSet<Guid>(tasks.Count);
        await using (var reader = await batch.ExecuteReaderAsync(ct))
        {
            do
            {
                while (await reader.ReadAsync(ct)) stored.Add(reader.GetGuid(0));
            }
            while (await reader.NextResultAsync(ct));
        }
        return [.. tasks.Select(t => stored.Contains(t.Id))];
    }

    public async Task<List<ClaimedTask>> ExchangeAsync(
        string worker, IReadOnlyList<FinishedTask> finished, IReadOnlyList<QueueDemand> wanted, DateTimeOffset now,
            DateTimeOffset leasedUntil,
        CancellationToken ct)
    {
        if (finished.Count == 0 && wanted.Count == 0) return [];
        return await PostgresConnections.RunAsync(connections.Commits, async connection =>
        {
            await using var batch = ToExchange(connection, worker, finished, wanted, now, leasedUntil);
            var claimed = new List<ClaimedTask>();
            await using var reader = await batch.ExecuteReaderAsync(ct);
            do
            {
                while (await reader.ReadAsync(ct)) claimed.Add(ClaimedRow.Read(reader));
            }
            while (await reader.NextResultAsync(ct));
            claimed.Sort(static (a, b) => a.Number.CompareTo(b.Number));
            return claimed;
        }, ct);
    }

    private static NpgsqlBatch ToExchange(
        NpgsqlConnection connection, string worker, IReadOnlyList<FinishedTask> finished,
            IReadOnlyList<QueueDemand> wanted, DateTimeOffset now,
        DateTimeOffset leasedUntil)
    {
        var batch = new NpgsqlBatch(connection);
        long[] deleted = [.. finished.Where(f => f.IsDeleted).Select(f => f.Task.Number)];
        if (deleted.Length > 0)
            batch.BatchCommands.Add(new NpgsqlBatchCommand(Delete) { Parameters = { Of(deleted), Of(worker) } });
        List<FinishedTask> kept = [.. finished.Where(f => !f.IsDeleted)];
        if (kept.Count > 0)
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand(Finish)
            {
                Parameters =
                {
                    Of(kept.Select(f => f.Task.Number)), Of(kept.Select(f => (short)f.State)),
                    Of(kept.Select(f => Microseconds.ToUnix(f.RunAt))),
                    Of(kept.Select(f => f.Error)), Of(kept.Select(f => f.Errors)),
                    Of(kept.Select(f => f.GivenBack ? 1 : 0)),
                    Of(Microseconds.ToUnix(now)), Of(worker),
                },
            });
        }
        if (wanted.Count > 0)
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand(Claim)
            {
                Parameters =
                {
                    Of(wanted.Select(w => w.Queue)), Of(wanted.Select(w => w.Limit)), Of(Microseconds.ToUnix(now)),
                    Of(worker),
                    Of(Microseconds.ToUnix(leasedUntil)),
                },
            });
        }
        return batch;
    }

    private static long? Time(DateTimeOffset? time) => time is { } known ? Microseconds.ToUnix(known) : null;

    private static NpgsqlParameter Of(long value) => new NpgsqlParameter<long> { TypedValue = value };

    private static NpgsqlParameter Of(string value) => new NpgsqlParameter<string> { TypedValue = value };

    private static NpgsqlParameter Of(IEnumerable<string?> values) =>
        new() { Value = values.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text };

    private static NpgsqlParameter Of(IEnumerable<Guid> values) =>
        new() { Value = values.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid };

    private static NpgsqlParameter Of(IEnumerable<byte[]> values) =>
        new() { Value = values.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea };

    private static NpgsqlParameter Of(IEnumerable<long> values) =>
        new() { Value = values.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint };

    private static NpgsqlParameter Of(IEnumerable<long?> values) =>
        new() { Value = values.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint };

    private static NpgsqlParameter Of(IEnumerable<int> values) =>
        new() { Value = values.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Integer };

    private static NpgsqlParameter Of(IEnumerable<short> values) =>
        new() { Value = values.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Smallint };
}
