using Chat.Server.Persistence;
using Chat.Server.Persistence.Postgres;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Chat.Server.Transfer.Store;

/// <summary>Whether somebody else works with the database now: a server, or another command of it.</summary>
/// <param name="settings">Which database.</param>
/// <param name="postgres">Its connections, where it is PostgreSQL.</param>
internal sealed class OtherSessions(DatabaseSettings settings, PostgresConnections? postgres = null)
{
    private const int SqliteBusy = 5, SqliteLocked = 6;

    private const string Find =
        """
        select exists (
            select 1 from pg_stat_activity
             where datname = current_database() and application_name ~ '^chat [0-9a-f]{32}( [0-9]+)?$'
               and application_name <> $1)
        """;

    /// <exception cref="StoreException">The database cannot be asked.</exception>
    public Task<bool> AnyAsync(CancellationToken ct) => postgres is null
        ? Task.FromResult(AnyOnSqlite())
        : postgres.ReadAsync(async connection =>
        {
            await using var command = new NpgsqlCommand(Find, connection)
            {
                Parameters = { new NpgsqlParameter<string> { TypedValue = postgres.ApplicationName } },
            };
            return (bool)(await command.ExecuteScalarAsync(ct))!;
        }, ct);

    /// <summary>Each session of a file in WAL mode has a share of its lock, for as long as it is open. Sessions that
    /// this process keeps for later are closed.</summary>
    private bool AnyOnSqlite()
    {
        using (var pooled = new SqliteConnection(settings.ConnectionString)) SqliteConnection.ClearPool(pooled);
        var own = new SqliteConnectionStringBuilder(settings.ConnectionString) { Pooling = false, DefaultTimeout = 1 };
        if (!File.Exists(own.DataSource)) return false;
        try
        {
            using var connection = new SqliteConnection(own.ConnectionString);
            connection.Open();
            foreach (var sql in (string[])["pragma locking_mode = exclusive", "begin immediate", "rollback"])
            {
                using var command = connection.CreateCommand();
                command.CommandText = sql;
                command.ExecuteNonQuery();
            }
            return false;
        }
        catch (SqliteException e) when (e.SqliteErrorCode is SqliteBusy or SqliteLocked)
        {
            return true;
        }
        catch (SqliteException e)
        {
            throw new StoreException(StoreFailure.Unavailable, "the database is not available", e);
        }
    }
}
