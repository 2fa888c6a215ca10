using Chat.Server.Persistence;
using Chat.Server.Persistence.Postgres;
using Npgsql;
using NpgsqlTypes;

namespace Chat.Server.Tasks.Store;

/// <summary>Tasks on PostgreSQL: instances share the work by SKIP LOCKED.</summary>
internal sealed class PostgresTaskStore(PostgresConnections connections) : ITaskStore
{
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
        order by i.group_key is not null, case when i.group_key is null then i.unique_key end, i.ord
        on conflict do nothing
        returning id
        """;

    // With an expression in place of the column only the primary key fits. The index of the leases would look cheaper
    // while few run, and leads past all that ended since the last vacuum.
    private const string IsActive = "state + 0 = 3";

    private const string Delete = $"delete from tasks where number = any($1) and worker = $2 and {IsActive}";

    private const string Finish =
        $"""
        update tasks t set state = f.state, run_at = f.run_at, attempts = attempts - f.given_back, worker = null,
          leased_until = null,
          finished_at = case when f.state >= 4 then $7 end, kept_until = case when f.state = 4 then $7
            + retention_seconds * 1000000 end, last_error = f.error, errors = f.errors,
          unique_key = case when f.state < 4 or {TaskSql.IsLastingKey} then unique_key end
        from unnest($1::bigint[], $2::smallint[], $3::bigint[], $4::text[], $5::text[], $6::int[]) f(number, state,
          run_at, error, errors, given_back)
        where t.number = f.number and t.worker = $8 and t.{IsActive}
        """;

    /// <summary>The first ones, and with one of a group those that follow it without a gap: one that cannot be taken
    /// now ends the row. The comparison of two columns leaves the planner one index.</summary>
    private const string Claim =
        $"""
        with head as (
          select c.*, q.of_group - 1 as more from unnest($1::text[], $2::int[], $6::int[]) as q(name, want, of_group)
            cross join lateral (
            select w.number, w.queue, w.group_key, w.losses from tasks w
            where w.queue = q.name and w.is_behind = false and w.state <= 2 and w.run_at <= $3
              and {TaskSql.IsFirstOfGroup}
            order by w.run_at, w.number limit q.want for update skip locked) c),
        behind as (
          select head.number as head, b.* from head cross join lateral (
            select b.number, b.queue = head.queue and b.state <= 2 and b.run_at <= $3 and b.losses = 0 as fits
            from tasks b where b.group_key = head.group_key and b.state <= 3
              and (b.is_behind, b.number) > (true, head.number)
            order by b.is_behind, b.number limit head.more) b
          where head.losses = 0 and head.more > 0 and not {TaskSql.HasOtherInFront}),
        held as (
          select t.number from tasks t where t.number = any(array(select number from behind where fits))
            and t.is_behind = true and t.state <= 2 for update skip locked),
        follower as (
          select b.number,
            bool_and(b.fits and h.number is not null) over (partition by b.head order by b.number) as goes
          from behind b left join held h on h.number = b.number)
        update tasks set state = 3, is_behind = false, attempts = attempts + 1, worker = $4, leased_until = $5,
          started_at = $3
        where number = any(array(
          select number from head union all select number from follower where goes))
        returning {TaskSql.ClaimedColumns}
        """;

    public async Task<bool[]> EnqueueAsync(IReadOnlyList<NewTask> tasks, DateTimeOffset now, CancellationToken ct)
    {
        if (tasks.Count == 0) return [];
        return await connections.CommitAsync(connection => EnqueueAsync(connection, tasks, now, ct), ct);
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
        if (stored.Count < tasks.Count) await AddEarlierAsync(connection, tasks, stored, ct);
        return [.. tasks.Select(t => stored.Contains(t.Id))];
    }

    /// <summary>Those that an attempt before this one has stored, when its answer was lost.</summary>
    private static async Task AddEarlierAsync(
        NpgsqlConnection connection, IReadOnlyList<NewTask> tasks, HashSet<Guid> stored, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("select id from tasks where id = any($1)", connection);
        command.Parameters.Add(Of(tasks.Select(t => t.Id)));
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) stored.Add(reader.GetGuid(0));
    }

    public async Task<List<ClaimedTask>> ExchangeAsync(
        string worker, IReadOnlyList<FinishedTask> finished, IReadOnlyList<QueueDemand> wanted, DateTimeOffset now,
            DateTimeOffset leasedUntil,
        CancellationToken ct)
    {
        if (finished.Count == 0 && wanted.Count == 0) return [];
        return await connections.CommitAsync(async connection =>
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
                    Of(Microseconds.ToUnix(leasedUntil)), Of(wanted.Select(w => w.OfGroup)),
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
