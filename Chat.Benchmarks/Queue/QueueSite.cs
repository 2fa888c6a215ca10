using Chat.Server.Persistence;
using Chat.Tests.Fixtures;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Chat.Benchmarks.Queue;

/// <summary>A database for this run only.</summary>
internal sealed class QueueSite : IAsyncDisposable
{
    private static readonly string[] AnalyzeOnly = ["analyze tasks"];

    private readonly PostgresServer? _postgres;
    private readonly DirectoryInfo? _folder;

    private QueueSite(DatabaseSettings database, PostgresServer? postgres, DirectoryInfo? folder) =>
        (Database, _postgres, _folder) = (database, postgres, folder);

    public DatabaseSettings Database { get; }

    public static async Task<QueueSite> StartAsync(DatabaseKind kind)
    {
        if (kind == DatabaseKind.Postgres)
        {
            var postgres = await PostgresServer.StartNewAsync(durable: true);
            return new QueueSite(new DatabaseSettings(kind, await postgres.CreateDatabaseAsync()), postgres, null);
        }
        var folder = Directory.CreateTempSubdirectory("chat-tasks-");
        var site = new QueueSite(new DatabaseSettings(kind, $"Data Source={Path.Combine(folder.FullName, "tasks.db")}"),
            null, folder);
        await using var stores = new StoreHost(site.Database);
        await stores.Migrator.MigrateAsync(CancellationToken.None);
        return site;
    }

    /// <summary>Has so many tasks wait: of three one scheduled in a day in the queue that is measured, one due in a
    /// queue that is paused, and one due in the queue that is measured, behind the head of a group, which somebody is
    /// busy with.</summary>
    public async Task FillAsync(int count)
    {
        await using var stores = new StoreHost(Database);
        await using var context = await stores.CreateContextAsync();
        context.Database.SetCommandTimeout(TimeSpan.FromMinutes(10));
        var (id, bytes, rows) = Database.Kind == DatabaseKind.Postgres
            ? ("gen_random_uuid()", "''::bytea", $"from generate_series(1, {count}) as s(i)")
            : ("randomblob(16)", "x''",
                $"from (with recursive s(i) as (select 1 union all select i + 1 from s where i < {count}) "
                    + $"select i from s)");
        var (now, later) = (Microseconds.ToUnix(TimeProvider.System.GetUtcNow()),
            Microseconds.ToUnix(TimeProvider.System.GetUtcNow().AddDays(1)));
        string[] statements =
        [
            "insert into task_queues (name, is_paused) values ('paused', true)",
            $"""
            insert into tasks (id, queue, state, type, payload, run_at, enqueued_at, attempts, max_retry,
              retention_seconds, group_key, worker, leased_until)
            values ({id}, 'default', 3, 'bench.empty', {bytes}, {now}, {now}, 1, 25, 0, 'busy', 'somebody', {later})
            """,
            $"""
            insert into tasks (id, queue, state, type, payload, run_at, enqueued_at, attempts, max_retry,
              retention_seconds, group_key)
            select {id}, case when i % 3 = 1 then 'paused' else 'default' end, case when i % 3 = 0 then 1 else 0 end,
              'bench.empty', {bytes}, (case when i % 3 = 0 then {later} else {now} end) + i, {now}, 0, 25, 0,
              case when i % 3 = 2 then 'busy' end {rows}
            """,
            // As PostgreSQL does by itself within minutes: what is measured is a backlog that is there, not its coming.
            .. Database.Kind == DatabaseKind.Postgres ? ["vacuum analyze tasks", "checkpoint"] : AnalyzeOnly,
        ];
        foreach (var statement in statements) await context.Database.ExecuteSqlRawAsync(statement);
    }

    public async ValueTask DisposeAsync()
    {
        if (_postgres is not null) await _postgres.DisposeAsync();
        if (_folder is null) return;
        SqliteConnection.ClearAllPools();
        _folder.Delete(recursive: true);
    }
}
