using Chat.Contracts.Identifiers;
using Chat.Server.Persistence;
using Chat.Tests.Fixtures;
using Npgsql;

namespace Chat.Tests.Integration.Tenants;

/// <summary>The database of the version before gets its tenants and users while that version goes on.</summary>
public sealed class TenantMigrationTests
{
    /// <summary>As the version before sends, and creates.</summary>
    private const string Send =
        """
        with head as (
          update conversations set last_sequence = last_sequence + 1, last_entry_at = clock_timestamp()
           where id = '00000000-0000-0000-0000-000000000001' returning id, last_sequence, last_entry_at)
        insert into messages (conversation_id, sequence, created_at, message_id, sender_id, kind, message, msg_type)
        select id, last_sequence, last_entry_at, gen_random_uuid(), 'ann', 0, 'hello', 0 from head;
        with made as (
          insert into conversations (id, kind, created_at) values (gen_random_uuid(), 0, now()) returning id)
        insert into participants (conversation_id, user_id, role, joined_at) select id, 'ann', 1, now() from made
        """;

    /// <summary>Where the rows are: a table or index that is written again gets another place.</summary>
    private const string Places =
        """
        select c.relname, pg_relation_filenode(c.oid) from pg_class c
         where c.oid = 'messages'::regclass or c.oid in (
           select indexrelid from pg_index where indrelid = 'messages'::regclass)
           or c.oid in ('conversations'::regclass, 'participants'::regclass)
         order by 1
        """;

    private static CancellationToken None => CancellationToken.None;

    [PostgresFact]
    public async Task Nothing_that_is_large_is_written_anew_and_the_version_before_sends_meanwhile()
    {
        await using var database = await BeforeAsync(DatabaseKind.Postgres);
        for (var i = 0; i < 20; i++) await database.ExecuteAsync(Send);
        await database.ExecuteAsync("insert into user_presence values ('ann', '2025-01-01'), ('bob', '2025-01-02')");
        var places = await database.QueryAsync(Places);
        await using var stores = new StoreHost(database.Settings);
        using var migrated = new CancellationTokenSource();
        var sent = 0;
        var sending = Task.Run(async () =>
        {
            while (!migrated.IsCancellationRequested)
                if (await TrySendAsync(database)) sent++;
        }, None);
        // Somebody reads for a while: the migration does not make the others wait behind it.
        await using (var reader = await BeginAsync(database.Settings))
        {
            await RunAsync(reader, "select count(*) from conversations, participants");
            var migrating = stores.Migrator.MigrateAsync(None);
            await Eventually.HoldsAsync(async () =>
                (await database.QueryAsync("select count(*) from pg_locks where not granted"))[0] != "0");
            var before = Volatile.Read(ref sent);
            await Eventually.HoldsAsync(() => Task.FromResult(Volatile.Read(ref sent) > before + 3));
            Assert.False(migrating.IsCompleted);
            await RunAsync(reader, "commit");
            await migrating.WaitAsync(Bounds.Wait);
        }
        await migrated.CancelAsync();
        await sending.WaitAsync(Bounds.Wait);
        await database.ExecuteAsync(Send); // the version before goes on

        Assert.Subset((await database.QueryAsync(Places)).ToHashSet(), places.ToHashSet()); // and indexes that are new
        Assert.Equal(["default"], await database.QueryAsync("select distinct tenant from conversations"));
        Assert.Equal(["default"], await database.QueryAsync("select distinct tenant from participants"));
        Assert.Equal(["True"], await database.QueryAsync(
            "select indisvalid from pg_index where indexrelid = 'ix_participants_tenant_user_id'::regclass"));
        await LastSeenIsKeptAsync(database, stores);
    }

    [Fact]
    public async Task The_database_of_the_version_before_is_brought_up_to_date_on_SQLite()
    {
        await using var database = await BeforeAsync(DatabaseKind.Sqlite);
        await database.ExecuteAsync(
            "insert into user_presence values ('ann', 1735689600000000), ('bob', 1735776000000000)");
        await using var stores = new StoreHost(database.Settings);

        await stores.Migrator.MigrateAsync(None);

        Assert.Equal(["default"], await database.QueryAsync("select distinct tenant from conversations"));
        await LastSeenIsKeptAsync(database, stores);
    }

    [PostgresFact]
    public async Task An_index_whose_making_was_broken_off_is_made_anew_by_one_of_those_that_start()
    {
        await using var database = await BeforeAsync(DatabaseKind.Postgres);
        await using (var stores = new StoreHost(database.Settings)) await stores.Migrator.MigrateAsync(None);
        foreach (var state in new[]
        {
            "update pg_index set indisvalid = false where indexrelid = 'ix_participants_tenant_user_id'::regclass",
            "drop index ix_participants_tenant_user_id",
        })
        {
            await database.ExecuteAsync(state);
            var hosts = Enumerable.Range(0, 3).Select(_ => new StoreHost(database.Settings)).ToList();
            await Task.WhenAll(hosts.Select(host => Task.Run(() => host.Migrator.MigrateAsync(None))))
                .WaitAsync(Bounds.Wait);
            foreach (var host in hosts) await host.DisposeAsync();
            Assert.Equal(["True"], await database.QueryAsync(
                "select indisvalid from pg_index where indexrelid = 'ix_participants_tenant_user_id'::regclass"));
        }
    }

    /// <summary>False: a lock was in the way for a second. A server then tries again.</summary>
    private static async Task<bool> TrySendAsync(TestDatabase database)
    {
        try
        {
            await database.ExecuteAsync(Send);
            return true;
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            return false;
        }
    }

    /// <summary>What was noted before, and what the version before notes from now on.</summary>
    private static async Task LastSeenIsKeptAsync(TestDatabase database, StoreHost stores)
    {
        var (ann, bob) = (UserId.Parse("ann").Key(), UserId.Parse("bob").Key());
        var found = await stores.Presence.FindLastSeenAsync([ann, bob], None);
        Assert.Equal((At(1), At(2)), (found[ann], found[bob]));

        await NoteBeforeAsync(database, "ann", At(5));
        await stores.Presence.NoteLastSeenAsync([new(bob, At(6))], None);
        await NoteBeforeAsync(database, "bob", At(4)); // late
        await NoteBeforeAsync(database, "carl", At(3));

        var carl = UserId.Parse("carl").Key();
        found = await stores.Presence.FindLastSeenAsync([ann, bob, carl], None);
        Assert.Equal((At(5), At(6), At(3)), (found[ann], found[bob], found[carl]));
    }

    private static DateTimeOffset At(int day) => new(2025, 1, day, 0, 0, 0, TimeSpan.Zero);

    private static Task NoteBeforeAsync(TestDatabase database, string user, DateTimeOffset at)
    {
        var time = database.Settings.Kind == DatabaseKind.Postgres
            ? $"'{at:O}'"
            : $"{at.ToUnixTimeMilliseconds() * 1_000}";
        return database.ExecuteAsync(
            $"""
            insert into user_presence (user_id, last_seen_at) values ('{user}', {time})
            on conflict (user_id) do update set last_seen_at = excluded.last_seen_at
              where user_presence.last_seen_at < excluded.last_seen_at
            """);
    }

    private static async Task<TestDatabase> BeforeAsync(DatabaseKind kind)
    {
        var database = await TestDatabase.CreateAsync(kind, migrated: false);
        var folder = Path.Combine(Repository.Root, "db", kind == DatabaseKind.Postgres ? "postgres" : "sqlite");
        foreach (var script in Directory.GetFiles(folder, "*.sql").Order(StringComparer.Ordinal)
            .Where(file => string.CompareOrdinal(Path.GetFileName(file), "0007") < 0))
            await database.ExecuteAsync(await File.ReadAllTextAsync(script));
        return database;
    }

    private static async Task<NpgsqlConnection> BeginAsync(DatabaseSettings settings)
    {
        var connection = new NpgsqlConnection(settings.ConnectionString + ";Pooling=false");
        await connection.OpenAsync();
        await RunAsync(connection, "begin");
        return connection;
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
