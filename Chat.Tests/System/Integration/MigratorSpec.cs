using Chat.Contracts.Identifiers;
using Chat.Server.Persistence;
using Chat.Server.Tasks.Store;
using Chat.Tests.Fixtures;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Chat.Tests.Integration;

/// <summary>Migrating at start, on either database.</summary>
public abstract class MigratorSpec
{
    internal abstract DatabaseKind Kind { get; }

    private static CancellationToken None => CancellationToken.None;

    [SpecFact]
    public async Task Instances_that_start_at_once_migrate_once()
    {
        await using var database = await TestDatabase.CreateAsync(Kind, migrated: false);
        var hosts = Enumerable.Range(0, 4).Select(_ => new StoreHost(database.Settings)).ToList();

        await Task.WhenAll(hosts.Select(h => Task.Run(() => h.Migrator.MigrateAsync(None))));

        Assert.All(await Task.WhenAll(hosts.Select(h => h.Conversations.ExistsAsync(ConversationId.Lobby, None))),
            Assert.True);
        foreach (var host in hosts) await host.DisposeAsync();
    }

    [SpecFact]
    public async Task Migrating_again_keeps_what_is_there()
    {
        await using var database = await TestDatabase.CreateAsync(Kind);
        await using var stores = new StoreHost(database.Settings);
        await stores.Messages.CommitAsync(Drafts.Of(Drafts.Message(ConversationId.Lobby)), Drafts.Noon, None);

        await stores.Migrator.MigrateAsync(None);

        Assert.Single(await stores.Messages.ReadAfterAsync(ConversationId.Lobby, 0, 10, None));
        Assert.Null(await stores.Ping.FindProblemAsync(None));
    }

    [SpecFact]
    public async Task A_backlog_of_the_version_before_the_heads_of_groups_is_done_once_and_in_order()
    {
        await using var database = await TestDatabase.CreateAsync(Kind, migrated: false);
        await using var stores = new StoreHost(database.Settings);
        await stores.Migrator.MigrateAsync(None);
        await using (var context = await stores.CreateContextAsync())
            await context.GetService<IMigrator>().MigrateAsync("RemovedAndErased");
        await FillBeforeGroupHeadsAsync(database);

        await stores.Migrator.MigrateAsync(None);

        Assert.Equal(2, await stores.TaskUpkeep.RecoverAsync(Drafts.Noon, "lost", None));
        var done = new List<string>();
        while (await ExchangeAsync(stores, []) is { Count: > 0 } claimed)
        {
            // Of a group that waits one at a time, also when all free workers ask.
            Assert.Equal(claimed.Count, claimed.Select(task => task.GroupKey ?? task.Type).Distinct().Count());
            done.AddRange(claimed.Select(task => task.Type));
            await ExchangeAsync(stores, [.. claimed.Select(task => task.Completed())], claim: false);
        }
        foreach (var group in new[] { "a", "b", "c", "d" })
            Assert.Equal(Enumerable.Range(1, group == "d" ? 300 : 5).Select(i => $"{group}{i}"),
                done.Where(type => type[0] == group[0]));
        Assert.Equal(3, done.Count(type => type.StartsWith("free", StringComparison.Ordinal)));
        Assert.Equal(done.Count, done.Distinct().Count());
        Assert.Equal(["archived|5"], await database.QueryAsync("select type, state from tasks"));
    }

    private static Task<List<ClaimedTask>> ExchangeAsync(
        StoreHost stores, IReadOnlyList<FinishedTask> finished, bool claim = true) => stores.Tasks.ExchangeAsync("w",
        finished, claim ? [new QueueDemand("chat", 50)] : [], Drafts.Noon, Drafts.Noon.AddMinutes(1), None);

    /// <summary>Groups: a waits, b's head was at work when its instance was lost, c's head is to be tried again and one
    /// of it was archived long ago, d is long; one without a group was lost as well.</summary>
    private static async Task FillBeforeGroupHeadsAsync(TestDatabase database)
    {
        var id = database.Settings.Kind == DatabaseKind.Sqlite ? "randomblob(16)" : "gen_random_uuid()";
        var payload = database.Settings.Kind == DatabaseKind.Sqlite ? "x'01'" : "'\\x01'::bytea";
        var rows = new List<string>();
        void Add(string type, string? group, int state)
        {
            var key = group is null ? "null" : $"'{group}'";
            var worker = state == 3 ? "'lost', 1, 1" : "null, null, null";
            rows.Add($"({id}, 'chat', {state}, '{type}', {payload}, {rows.Count}, 0, {(state >= 2 ? 1 : 0)}, 25, "
                + $"{key}, {worker}, 0)");
        }

        Add("archived", "c", 5);
        for (var i = 1; i <= 5; i++)
        {
            Add($"a{i}", "a", 0);
            Add($"b{i}", "b", i == 1 ? 3 : 0);
            Add($"c{i}", "c", i == 1 ? 2 : 0);
        }
        for (var i = 1; i <= 300; i++) Add($"d{i}", "d", i % 50 == 0 ? 1 : 0);
        for (var i = 0; i < 3; i++) Add($"free{i}", null, i == 0 ? 3 : 0);
        await database.ExecuteAsync(
            "insert into tasks (id, queue, state, type, payload, run_at, enqueued_at, attempts, max_retry, group_key, "
                + $"worker, leased_until, started_at, retention_seconds) values {string.Join(", ", rows)}");
    }
}

public sealed class SqliteMigratorTests : MigratorSpec
{
    internal override DatabaseKind Kind => DatabaseKind.Sqlite;

    [Fact]
    public async Task The_folder_of_the_file_is_made_and_the_lock_of_a_killed_process_does_not_hold_up_the_start()
    {
        var folder = Directory.CreateTempSubdirectory("chat-tests-migrator-").FullName;
        var settings = new DatabaseSettings(DatabaseKind.Sqlite,
            $"Data Source={Path.Combine(folder, "new", "deep", "chat.db")};Pooling=false");
        await using (var stores = new StoreHost(settings))
        {
            await stores.Migrator.MigrateAsync(CancellationToken.None);
            await using var context = await stores.CreateContextAsync();
            await context.Database.ExecuteSqlRawAsync(
                "create table if not exists \"__EFMigrationsLock\" (\"Id\" integer primary key, \"Timestamp\" "
                    + "text not null)");
            await context.Database.ExecuteSqlRawAsync(
                "insert or replace into \"__EFMigrationsLock\" values (1, '2026-01-01')");
            await context.Database.ExecuteSqlRawAsync("delete from \"__EFMigrationsHistory\"");
            await DropTablesAsync(context);

            await stores.Migrator.MigrateAsync(CancellationToken.None).WaitAsync(Bounds.Wait);

            Assert.Null(await stores.Ping.FindProblemAsync(CancellationToken.None));
        }
        Directory.Delete(folder, true);
    }

    /// <summary>All of them but those of the migrations.</summary>
    private static async Task DropTablesAsync(ChatDbContext context)
    {
        await context.Database.OpenConnectionAsync();
        await using var command = context.Database.GetDbConnection().CreateCommand();
        command.CommandText = "pragma foreign_keys = off; select group_concat('drop table ' || name, ';') "
            + "from sqlite_master where type = 'table' and name not like 'sqlite%' and name not like '%EFMigrations%'";
        command.CommandText = (string)(await command.ExecuteScalarAsync())!;
        Assert.Contains("drop table messages", command.CommandText, StringComparison.Ordinal);
        await command.ExecuteNonQueryAsync();
        await context.Database.CloseConnectionAsync();
    }
}

[RequiresPostgres]
public sealed class PostgresMigratorTests : MigratorSpec
{
    internal override DatabaseKind Kind => DatabaseKind.Postgres;

    [PostgresFact]
    public async Task A_database_that_does_not_exist_is_created()
    {
        var server = await PostgresServer.SharedAsync();
        var settings = new DatabaseSettings(DatabaseKind.Postgres, server.ConnectionString("made_by_the_server"));
        var hosts = Enumerable.Range(0, 3).Select(_ => new StoreHost(settings)).ToList();

        await Task.WhenAll(hosts.Select(h => Task.Run(() => h.Migrator.MigrateAsync(CancellationToken.None))));

        Assert.Null(await hosts[0].Ping.FindProblemAsync(CancellationToken.None));
        foreach (var host in hosts) await host.DisposeAsync();
    }
}
