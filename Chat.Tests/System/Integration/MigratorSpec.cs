using Chat.Contracts.Identifiers;
using Chat.Server.Persistence;
using Chat.Tests.Fixtures;
using Microsoft.EntityFrameworkCore;

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
            await context.Database.ExecuteSqlRawAsync(
                "drop table participants; drop table conversations; drop table messages; drop table room_clients; "
                    + "drop table user_presence; drop table job_cursors; drop table tasks; drop table task_queues; "
                    + "drop table task_stats; drop table deployment");

            await stores.Migrator.MigrateAsync(CancellationToken.None).WaitAsync(Bounds.Wait);

            Assert.Null(await stores.Ping.FindProblemAsync(CancellationToken.None));
        }
        Directory.Delete(folder, true);
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
