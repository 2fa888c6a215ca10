using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace Chat.Server.Persistence.Postgres;

/// <summary>The lock is an advisory lock on a connection of its own. Creates the database when the server has none of
/// that name.</summary>
/// <remarks>EF Core's own lock is on its history table, which the first instance has yet to create.</remarks>
internal sealed class PostgresMigrations(
    DatabaseSettings settings, PostgresConnections connections, PostgresLateIndexes indexes) : IMigrations
{
    private const long Key = 0x63686174; // "chat"

    /// <summary>$1 the migrations, $2 the late indexes.</summary>
    private const string IsDone =
        """
        select (select count(*) from "__EFMigrationsHistory" where "MigrationId" = any($1)) = cardinality($1)
           and (select count(*) from pg_index
                 where indisvalid and indexrelid in (select to_regclass(name)::oid from unnest($2) as name))
               = cardinality($2)
        """;

    public async Task<bool> IsDoneAsync(CancellationToken ct)
    {
        try
        {
            return await PostgresConnections.RunAsync(connections.Reads, async connection =>
            {
                await using var command = new NpgsqlCommand(IsDone, connection)
                {
                    Parameters =
                    {
                        new() { Value = MigrationIds.Of(typeof(PostgresChatDbContext)) },
                        new() { Value = PostgresLateIndexes.Names },
                    },
                };
                return await command.ExecuteScalarAsync(ct) is true;
            }, ct);
        }
        catch (Exception e) when (IsMissing(e))
        {
            return false;
        }
    }

    public async Task<IAsyncDisposable> LockAsync(ChatDbContext context, CancellationToken ct)
    {
        try
        {
            return await AcquireAsync(ct);
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.InvalidCatalogName)
        {
            await CreateDatabaseAsync(context, ct);
            return await AcquireAsync(ct);
        }
    }

    public Task FinishAsync(CancellationToken ct) => indexes.BuildAsync(ct);

    /// <summary>There is no database, or no table of migrations in it.</summary>
    private static bool IsMissing(Exception exception)
    {
        for (Exception? cause = exception; cause is not null; cause = cause.InnerException)
            if (cause is PostgresException { SqlState: PostgresErrorCodes.InvalidCatalogName
                or PostgresErrorCodes.UndefinedTable }) return true;
        return false;
    }

    private async Task<NpgsqlConnection> AcquireAsync(CancellationToken ct)
    {
        // Without pooling, disposing it ends the session and with that the lock.
        var connectionString = new NpgsqlConnectionStringBuilder(settings.ConnectionString)
        {
            Pooling = false, CommandTimeout = 0, Enlist = false
        };
        PostgresPools.KeepAlive(connectionString); // it waits as long as another instance migrates
        var connection = new NpgsqlConnection(connectionString.ConnectionString);
        try
        {
            await connection.OpenAsync(ct);
            await using var command = new NpgsqlCommand("select pg_advisory_lock($1)", connection)
            {
                Parameters = { new() { Value = settings.LockKey(Key) } }
            };
            await command.ExecuteNonQueryAsync(ct);
            if (settings.Schema is { } schema) await CreateSchemaAsync(connection, schema, ct);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Looks first: a role may use a schema that it may not make.</summary>
    private static async Task CreateSchemaAsync(NpgsqlConnection connection, string schema, CancellationToken ct)
    {
        await using var look = new NpgsqlCommand("select to_regnamespace($1) is null", connection)
        {
            Parameters = { new() { Value = schema } },
        };
        if (await look.ExecuteScalarAsync(ct) is not true) return;
        await using var create = new NpgsqlCommand($"create schema \"{schema}\"", connection);
        await create.ExecuteNonQueryAsync(ct);
    }

    private static async Task CreateDatabaseAsync(ChatDbContext context, CancellationToken ct)
    {
        try
        {
            await context.GetService<IRelationalDatabaseCreator>().CreateAsync(ct);
        }
        catch (PostgresException exception) when (exception.SqlState is PostgresErrorCodes.DuplicateDatabase
            or PostgresErrorCodes.UniqueViolation)
        {
            // Another instance was faster.
        }
    }
}
