using Chat.Contracts.Identifiers;
using Chat.Server.Persistence;
using Chat.Tests.Fixtures;
using Npgsql;

namespace Chat.Tests.Faults;

/// <summary>What the stores say when PostgreSQL goes away, and that they recover by themselves.</summary>
public sealed class PostgresFaultTests
{
    private static readonly ConversationId Lobby = ConversationId.Lobby;

    private static CancellationToken None => CancellationToken.None;

    [PostgresFact]
    public async Task While_the_server_is_down_nothing_is_stored_and_afterwards_all_works_again()
    {
        await using var server = await PostgresServer.StartNewAsync();
        var settings = new DatabaseSettings(DatabaseKind.Postgres, await server.CreateDatabaseAsync());
        await using var stores = new StoreHost(settings, [new("Chat:Persistence:StartupWaitSeconds", "0")]);
        await CommitAsync(stores);
        await server.StopAsync();

        // The first may find out on a connection that it thinks is alive, and then it cannot know; the next ones are
        // refused.
        var first = Drafts.Message(Lobby);
        var failure = await Assert.ThrowsAsync<StoreException>(() => stores.Messages.CommitAsync(Drafts.Of(first),
            Drafts.Noon, None));
        Assert.Contains(failure.Failure, new[] { StoreFailure.InDoubt, StoreFailure.Unavailable });
        await AssertUnavailableAsync(() => CommitAsync(stores));
        await AssertUnavailableAsync(() => stores.Messages.ResolveAsync(Drafts.Of(first), None));
        await AssertUnavailableAsync(() => stores.Messages.ReadAfterAsync(Lobby, 0, 1, None));
        await AssertUnavailableAsync(() => stores.FindAccessAsync(Lobby, UserId.Parse("ann")));
        await AssertUnavailableAsync(() => stores.RoomClients.TryAddAsync(UserId.Parse("ann"), Drafts.Noon, None));
        await AssertUnavailableAsync(() => stores.Migrator.MigrateAsync(None));
        Assert.NotNull(await stores.Ping.FindProblemAsync(None));

        await server.StartAsync();

        Assert.Equal([null], await stores.Messages.ResolveAsync(Drafts.Of(first), None));
        await UntilAsync(stores, null);
        Assert.Equal(2, (await CommitAsync(stores)).Sequence);
    }

    /// <summary>A failover as the sessions see it: those that are open stay read-only, new ones are not.</summary>
    [PostgresFact]
    public async Task Sessions_that_take_no_writes_are_let_go_and_readiness_says_so_meanwhile()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Postgres);
        await using var stores = new StoreHost(database.Settings);
        await CommitAsync(stores);
        Assert.True(await stores.RoomClients.TryAddAsync(UserId.Parse("ann"), Drafts.Noon, None));
        await UntilAsync(stores, null);
        var name = new NpgsqlConnectionStringBuilder(database.Settings.ConnectionString).Database;
        await database.ExecuteAsync($"alter database \"{name}\" set default_transaction_read_only = on");
        await database.ExecuteAsync(
            "select count(pg_terminate_backend(pid)) from pg_stat_activity where datname = current_database() and pid "
                + "<> pg_backend_pid()");

        Task<bool> AddAsync(string user) => stores.RoomClients.TryAddAsync(UserId.Parse(user), Drafts.Noon, None);
        // The first of each pool may find that its session was ended; the next ones that it takes no writes.
        for (var i = 0; i < 3; i++)
        {
            await Assert.ThrowsAsync<StoreException>(() => CommitAsync(stores));
            await Assert.ThrowsAsync<StoreException>(() => AddAsync($"user{i}"));
        }
        Assert.NotNull(await stores.Ping.FindProblemAsync(None));
        await UntilAsync(stores, "the database takes no writes");

        // From another database: this one lets no session write. The sessions that are open stay as they are.
        var elsewhere = new NpgsqlConnectionStringBuilder(database.Settings.ConnectionString) { Database = "postgres" };
        await using (var connection = new NpgsqlConnection(elsewhere.ConnectionString))
        {
            await connection.OpenAsync();
            await ExecuteAsync(connection, $"alter database \"{name}\" reset default_transaction_read_only");
        }
        await UntilAsync(stores, null); // lets the sessions go that still say so
        Assert.True(await AddAsync("bob"));
        Assert.Equal(2, (await CommitAsync(stores)).Sequence);
    }

    /// <summary>A database or a role may prefer another isolation: what the commits rely on is set by each
    /// session.</summary>
    [PostgresFact]
    public async Task The_isolation_that_commits_rely_on_is_set_by_the_sessions()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Postgres);
        var name = new NpgsqlConnectionStringBuilder(database.Settings.ConnectionString).Database;
        await database.ExecuteAsync(
            $"alter database \"{name}\" set default_transaction_isolation = 'repeatable read'");
        await using var one = new StoreHost(database.Settings);
        await using var two = new StoreHost(database.Settings);

        async Task SendAsync(StoreHost stores)
        {
            for (var i = 0; i < 50; i++) await CommitAsync(stores);
        }

        await Task.WhenAll(SendAsync(one), SendAsync(two)).WaitAsync(Bounds.Wait);
        Assert.Equal(100, (await one.Messages.ReadHeadsAsync([Lobby], None))[Lobby].Last);
    }

    [PostgresFact]
    public async Task Migrating_waits_for_a_server_that_is_not_up_yet()
    {
        await using var server = await PostgresServer.StartNewAsync();
        var settings = new DatabaseSettings(DatabaseKind.Postgres, await server.CreateDatabaseAsync(migrated: false));
        await server.StopAsync();
        await using var stores = new StoreHost(settings);

        var migrating = stores.Migrator.MigrateAsync(None);
        await server.StartAsync();

        await migrating.WaitAsync(Bounds.Wait);
        await UntilAsync(stores, null);
    }

    [PostgresFact]
    public async Task A_migration_may_take_longer_than_a_statement()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Postgres, migrated: false);
        await database.ExecuteAsync(
            """
            create sequence slow;
            create function slow() returns event_trigger language plpgsql as
            $$ begin if nextval('slow') <= 1 then perform pg_sleep(11); end if; end $$;
            create event trigger slow on ddl_command_start when tag in ('CREATE INDEX') execute function slow()
            """);
        // A statement has 10 s: on a busy machine the others of a migration may take some of that.
        await using var stores = new StoreHost(database.Settings,
            [new("Chat:Persistence:CommandTimeoutSeconds", "10"), new("Chat:Persistence:StartupWaitSeconds", "0")]);

        await stores.Migrator.MigrateAsync(None).WaitAsync(Bounds.Wait);
        await UntilAsync(stores, null);
    }

    [PostgresFact]
    public async Task A_session_that_is_killed_during_a_commit_leaves_a_doubt_that_can_be_resolved()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Postgres);
        await using var stores = new StoreHost(database.Settings);
        var draft = Drafts.Message(Lobby);
        await using (var blocker = await LockLobbyAsync(database.Settings))
        {
            StoreException failure;
            do
            {
                var committing = stores.Messages.CommitAsync(Drafts.Of(draft), Drafts.Noon, None);
                await WaitForBlockedAsync(blocker);
                await ExecuteAsync(blocker,
                    "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and "
                        + "wait_event_type = 'Lock'");
                failure = await Assert.ThrowsAsync<StoreException>(() => committing);
            }
            while (failure.Failure == StoreFailure.Locked); // it gave up before it was killed
            Assert.Equal(StoreFailure.InDoubt, failure.Failure);
        }

        Assert.Equal([null], await stores.Messages.ResolveAsync(Drafts.Of(draft), None));
        Assert.Equal(1, Assert.Single(await stores.Messages.CommitAsync(Drafts.Of(draft), Drafts.Noon, None)).Sequence);
        Assert.Equal(1, (await stores.Messages.ResolveAsync(Drafts.Of(draft), None))[0]?.Sequence);
    }

    [PostgresFact]
    public async Task A_commit_that_takes_too_long_is_taken_back()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Postgres);
        await using var stores = new StoreHost(database.Settings, [new("Chat:Persistence:CommandTimeoutSeconds", "1")]);
        await using (var blocker = await LockLobbyAsync(database.Settings))
        {
            var failure = await Assert.ThrowsAsync<StoreException>(() => CommitAsync(stores).WaitAsync(Bounds.Wait));
            Assert.NotEqual(StoreFailure.Rejected, failure.Failure);
        }

        await using var patient = new StoreHost(database.Settings);
        Assert.Equal(1, (await CommitAsync(patient)).Sequence);
        Assert.Single(await patient.Messages.ReadAfterAsync(Lobby, 0, 10, None));
    }

    private static async Task<CommitOutcome> CommitAsync(StoreHost stores) =>
        (await stores.Messages.CommitAsync(Drafts.Of(Drafts.Message(Lobby)), Drafts.Noon, None))[0];

    /// <summary>A look may take two seconds: where the machine is busy, another one says what is so.</summary>
    private static Task UntilAsync(StoreHost stores, string? problem) =>
        Eventually.HoldsAsync(async () => await stores.Ping.FindProblemAsync(None) == problem);

    private static async Task AssertUnavailableAsync(Func<Task> call) =>
        Assert.Equal(StoreFailure.Unavailable, (await Assert.ThrowsAsync<StoreException>(call)).Failure);

    private static async Task<NpgsqlConnection> LockLobbyAsync(DatabaseSettings settings)
    {
        var connection = new NpgsqlConnection(settings.ConnectionString + ";Pooling=false");
        await connection.OpenAsync();
        await ExecuteAsync(connection, "begin; select 1 from conversations for update");
        return connection;
    }

    private static async Task WaitForBlockedAsync(NpgsqlConnection connection)
    {
        const string sql =
            """
            do $$ begin
              for attempt in 1..3000 loop
                perform pg_stat_clear_snapshot();
                if exists (select 1 from pg_stat_activity where datname = current_database()
                  and wait_event_type = 'Lock') then return; end if;
                perform pg_sleep(0.02);
              end loop;
              raise 'nobody waits for the lock';
            end $$
            """;
        await ExecuteAsync(connection, sql);
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
