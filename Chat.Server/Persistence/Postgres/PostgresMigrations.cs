using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace Chat.Server.Persistence.Postgres;

/// <summary>The lock is an advisory lock on a connection of its own. Creates the database when the server has none of
/// that name.</summary>
/// <remarks>EF Core's own lock is on its history table, which the first instance has yet to create.</remarks>
internal sealed class PostgresMigrations(DatabaseSettings settings, PostgresLateIndexes indexes) : IMigrations
{
    private const long Key = 0x63686174; // "chat"

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
