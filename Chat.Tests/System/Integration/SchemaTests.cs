using Chat.Contracts.Identifiers;
using Chat.Server.Persistence;
using Chat.Tests.Fixtures;
using Microsoft.EntityFrameworkCore;

namespace Chat.Tests.Integration;

/// <summary>Model, migrations and the scripts in db/ say the same.</summary>
public sealed class SchemaTests
{
    private const string PostgresSchema =
        """
        select 'column', table_name, column_name, ordinal_position::text, data_type, collation_name,
          character_maximum_length::text, is_nullable, column_default, identity_generation
          from information_schema.columns where table_schema = 'public'
        union all
        select 'index', tablename, indexname, indexdef, '', '', '', '', '', '' from pg_indexes
          where schemaname = 'public'
        union all
        select 'constraint', conrelid::regclass::text, conname, pg_get_constraintdef(oid), '', '', '', '', '', ''
          from pg_constraint where connamespace = 'public'::regnamespace
        union all
        select 'options', relname, array_to_string(reloptions, ','), '', '', '', '', '', '', '' from pg_class
          where relkind = 'r' and relnamespace = 'public'::regnamespace
        union all
        select 'trigger', tgrelid::regclass::text, tgname, pg_get_triggerdef(oid), '', '', '', '', '', ''
          from pg_trigger where not tgisinternal
        union all
        select 'function', proname, pg_get_functiondef(oid), '', '', '', '', '', '', ''
          from pg_proc where pronamespace = 'public'::regnamespace
        union all
        select 'row', id::text, kind::text, created_at::text, last_sequence::text, title, '', '', '', ''
          from conversations
        order by 1, 2, 3
        """;

    private const string SqliteSchema = "select name, sql from sqlite_master where name not like '__EFMigrationsLock' "
        + "union all select hex(id), created_at from conversations order by 1";

    private static CancellationToken None => CancellationToken.None;

    [Fact]
    public async Task No_migration_is_missing_for_SQLite() =>
        Assert.False(await HasPendingChangesAsync(new(DatabaseKind.Sqlite, "Data Source=unused")));

    [Fact]
    public async Task No_migration_is_missing_for_PostgreSQL() =>
        Assert.False(await HasPendingChangesAsync(new(DatabaseKind.Postgres, "Host=unused")));

    [PostgresFact]
    public Task The_script_from_nothing_makes_what_the_migrations_make() =>
        CompareAsync(DatabaseKind.Postgres, PostgresSchema, ["db/init.sql"]);

    [PostgresFact]
    public Task That_script_may_run_twice() =>
        CompareAsync(DatabaseKind.Postgres, PostgresSchema, ["db/init.sql", "db/init.sql"]);

    [PostgresFact]
    public Task The_numbered_scripts_for_PostgreSQL_make_what_the_migrations_make() =>
        CompareAsync(DatabaseKind.Postgres, PostgresSchema, Scripts("db/postgres"));

    [Fact]
    public Task The_numbered_scripts_for_SQLite_make_what_the_migrations_make() =>
        CompareAsync(DatabaseKind.Sqlite, SqliteSchema, Scripts("db/sqlite"));

    [PostgresFact]
    public async Task A_report_written_against_the_documented_table_still_runs()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Postgres);

        var columns = await database.QueryAsync(
            """
            select column_name, data_type, coalesce(character_maximum_length, 0) from information_schema.columns
             where table_name = 'messages' and column_name in ('id', 'sender_id', 'message', 'created_at')
               order by ordinal_position
            """);

        Assert.Equal(
            ["id|bigint|0", "sender_id|character varying|255", "message|text|0",
                "created_at|timestamp with time zone|0"], columns);
        Assert.Equal(["1"],
            await database.QueryAsync(
                "select count(*) from pg_indexes where tablename = 'messages' and indexname = "
                    + "'idx_messages_created_at'"));
    }

    private static async Task CompareAsync(DatabaseKind kind, string schema, IEnumerable<string> scripts)
    {
        await using var migrated = await TestDatabase.CreateAsync(kind);
        await using var scripted = await TestDatabase.CreateAsync(kind, migrated: false);

        foreach (var script in scripts)
            await scripted.ExecuteAsync(await File.ReadAllTextAsync(Path.Combine(Repository.Root, script)));

        Assert.Equal(await migrated.QueryAsync(schema), await scripted.QueryAsync(schema));
        await using var stores = new StoreHost(scripted.Settings);
        await using var context = await stores.CreateContextAsync();
        Assert.Empty(await context.Database.GetPendingMigrationsAsync());
        Assert.Equal(context.Database.GetMigrations(), await context.Database.GetAppliedMigrationsAsync());
        await stores.Migrator.MigrateAsync(None);
        var drafts = Drafts.Of(Drafts.Message(ConversationId.Lobby));
        Assert.Equal(1, Assert.Single(await stores.Messages.CommitAsync(drafts, Drafts.Noon, None)).Sequence);
    }

    private static IEnumerable<string> Scripts(string folder)
    {
        var scripts = Directory.GetFiles(Path.Combine(Repository.Root, folder), "*.sql").Order(StringComparer.Ordinal)
            .ToList();
        Assert.NotEmpty(scripts);
        return scripts;
    }

    private static async Task<bool> HasPendingChangesAsync(DatabaseSettings settings)
    {
        await using var stores = new StoreHost(settings);
        await using var context = await stores.CreateContextAsync();
        return context.Database.HasPendingModelChanges();
    }
}
