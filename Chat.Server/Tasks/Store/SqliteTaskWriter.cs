using Chat.Server.Persistence;
using Chat.Server.Persistence.Sqlite;
using Microsoft.Data.Sqlite;

namespace Chat.Server.Tasks.Store;

/// <summary>Writes tasks, on the session that writes.</summary>
internal sealed class SqliteTaskWriter
{
    private readonly SqliteWriter _session;
    private readonly SqliteCommand _freeKey, _insert, _find, _delete, _finish, _look, _follow, _claim;

    public SqliteTaskWriter(SqliteWriter session)
    {
        _session = session;
        _freeKey = session.Prepare(
            "update tasks set unique_key = null where unique_key = $key and unique_until <= $now",
            ("$key", SqliteType.Text), ("$now", SqliteType.Integer));
        _insert = session.Prepare(
            $"insert into tasks ({TaskSql.Columns}) values ($id, $queue, $state, $type, $payload, $run_at, $enqueued, "
                + $"0, $retry, $key, $key_until, $group, $deadline, $retention) on conflict do nothing",
            ("$id", SqliteType.Blob), ("$queue", SqliteType.Text), ("$state", SqliteType.Integer),
            ("$type", SqliteType.Text), ("$payload", SqliteType.Blob), ("$run_at", SqliteType.Integer),
            ("$enqueued", SqliteType.Integer), ("$retry", SqliteType.Integer), ("$key", SqliteType.Text),
            ("$key_until", SqliteType.Integer), ("$group", SqliteType.Text),
            ("$deadline", SqliteType.Integer), ("$retention", SqliteType.Integer));
        _find = session.Prepare("select 1 from tasks where id = $id", ("$id", SqliteType.Blob));
        _delete = session.Prepare("delete from tasks where number = $number and worker = $worker and state = 3",
            ("$number", SqliteType.Integer), ("$worker", SqliteType.Text));
        _finish = session.Prepare(
            $"""
            update tasks set state = $state, run_at = $run_at, attempts = attempts - $given_back, worker = null,
              leased_until = null,
              finished_at = case when $state >= 4 then $now end, kept_until = case when $state = 4 then $now
                + retention_seconds * 1000000 end, last_error = $error, errors = $errors,
              unique_key = case when $state < 4 or {TaskSql.IsLastingKey} then unique_key end
            where number = $number and worker = $worker and state = 3
            """,
            ("$state", SqliteType.Integer), ("$run_at", SqliteType.Integer), ("$given_back", SqliteType.Integer),
            ("$now", SqliteType.Integer), ("$error", SqliteType.Text),
            ("$errors", SqliteType.Text), ("$number", SqliteType.Integer), ("$worker", SqliteType.Text));
        _look = session.Prepare(
            $"select {TaskSql.ClaimedColumns} from tasks w where w.queue = $queue and w.is_behind = false "
                + $"and w.state <= 2 and w.run_at <= $now and {TaskSql.IsFirstOfGroup} "
                + "order by w.run_at, w.number limit $limit",
            ("$queue", SqliteType.Text), ("$now", SqliteType.Integer), ("$limit", SqliteType.Integer));
        _follow = session.Prepare(
            $"select {TaskSql.ClaimedColumns}, queue = $queue and state <= 2 and run_at <= $now and losses = 0 "
                + "from tasks where group_key = $group and is_behind = true and state <= 3 and number > $number "
                + "and not exists (select 1 from (select $group as group_key, $number as number) head "
                + $"where {TaskSql.HasOtherInFront}) order by number limit $limit",
            ("$queue", SqliteType.Text), ("$now", SqliteType.Integer), ("$group", SqliteType.Text),
            ("$number", SqliteType.Integer), ("$limit", SqliteType.Integer));
        _claim = session.Prepare(
            "update tasks set state = 3, is_behind = false, attempts = attempts + 1, worker = $worker, "
                + "leased_until = $until, started_at = $now where number = $number",
            ("$worker", SqliteType.Text), ("$until", SqliteType.Integer), ("$now", SqliteType.Integer),
            ("$number", SqliteType.Integer));
    }

    public bool[] Enqueue(IReadOnlyList<NewTask> tasks, DateTimeOffset now)
    {
        var stored = new bool[tasks.Count];
        _session.Begin();
        for (var i = 0; i < stored.Length; i++)
        {
            var task = tasks[i];
            if (task.UniqueKey is { } key) Run(_freeKey, key, Microseconds.ToUnix(now));
            stored[i] = Run(
                _insert, task.Id.ToByteArray(true), task.Queue, (long)task.State, task.Type, task.Payload,
                Microseconds.ToUnix(task.RunAt), Microseconds.ToUnix(task.EnqueuedAt),
                (long)task.MaxRetry, task.UniqueKey, Time(task.UniqueUntil), task.GroupKey, Time(task.Deadline),
                task.RetentionSeconds) > 0 || IsStored(task.Id);
        }
        _session.Commit();
        return stored;
    }

    public List<ClaimedTask> Exchange(
        string worker, IReadOnlyList<FinishedTask> finished, IReadOnlyList<QueueDemand> wanted, DateTimeOffset now,
        DateTimeOffset leasedUntil)
    {
        var claimed = new List<ClaimedTask>();
        var time = Microseconds.ToUnix(now);
        // no lock, and no write, for an idle look
        if (finished.Count == 0 && !IsAnythingDue(wanted, time)) return claimed;
        _session.Begin();
        foreach (var one in finished)
        {
            if (one.IsDeleted) Run(_delete, one.Task.Number, worker);
            else Run(_finish, (long)one.State, Microseconds.ToUnix(one.RunAt), one.GivenBack ? 1L : 0L, time, one.Error,
                one.Errors, one.Task.Number, worker);
        }
        foreach (var demand in wanted)
        {
            var first = claimed.Count;
            Bind(_look, demand.Queue, time, (long)demand.Limit);
            using (var reader = _look.ExecuteReader())
                while (reader.Read()) claimed.Add(ClaimedRow.Read(reader));
            foreach (var head in claimed[first..]) AddFollowers(claimed, head, demand.OfGroup - 1, time);
            for (var i = first; i < claimed.Count; i++)
            {
                Run(_claim, worker, Microseconds.ToUnix(leasedUntil), time, claimed[i].Number);
                claimed[i] = claimed[i] with { Attempts = claimed[i].Attempts + 1 };
            }
        }
        _session.Commit();
        return claimed;
    }

    private bool IsStored(Guid id)
    {
        Bind(_find, id.ToByteArray(true));
        return _find.ExecuteScalar() is not null;
    }

    /// <summary>Those that follow it in its group without a gap: one that cannot be taken now ends the row.</summary>
    private void AddFollowers(List<ClaimedTask> claimed, ClaimedTask head, int most, long now)
    {
        if (most == 0 || head.GroupKey is null || head.Losses > 0) return;
        Bind(_follow, head.Queue, now, head.GroupKey, head.Number, (long)most);
        using var reader = _follow.ExecuteReader();
        while (reader.Read() && reader.GetBoolean(reader.FieldCount - 1)) claimed.Add(ClaimedRow.Read(reader));
    }

    private bool IsAnythingDue(IReadOnlyList<QueueDemand> wanted, long now)
    {
        foreach (var (queue, _) in wanted)
        {
            Bind(_look, queue, now, 1L);
            using var reader = _look.ExecuteReader();
            if (reader.Read()) return true;
        }
        return false;
    }

    private static object? Time(DateTimeOffset? time) => time is { } known ? Microseconds.ToUnix(known) : null;

    private static int Run(SqliteCommand command, params ReadOnlySpan<object?> values)
    {
        Bind(command, values);
        return command.ExecuteNonQuery();
    }

    private static void Bind(SqliteCommand command, params ReadOnlySpan<object?> values)
    {
        for (var i = 0; i < values.Length; i++) command.Parameters[i].Value = values[i] ?? DBNull.Value;
    }
}
