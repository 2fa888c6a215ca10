using System.Collections.Concurrent;
using Npgsql;

namespace Chat.Server.Persistence.Postgres;

/// <summary>Notices a connection pooler between this process and PostgreSQL. One that gives each transaction another
/// session cannot be used: prepared statements, session settings, LISTEN, and ending the session of a commit that is in
/// doubt all need a session of one's own.</summary>
internal sealed class PostgresPooler(string connectionString)
{
    private const string InTransactionMode =
        "it is behind a connection pooler that gives each transaction another session (PgBouncer: "
            + "pool_mode = transaction or statement); connect to PostgreSQL itself, or use pool_mode = session";

    /// <summary>How often another session is asked for: while others use the pooler too, it may take some to get the
    /// one that was ours.</summary>
    private const int Attempts = 20;

    private const string AskProcess = "select pg_backend_pid()";

    private readonly ConcurrentDictionary<int, int> _processes = new(); // those that a pooler calls otherwise
    private volatile bool _hasOwnSessions;

    /// <summary>The process that serves the session.</summary>
    public int ProcessOf(NpgsqlConnection connection) =>
        _processes.GetValueOrDefault(connection.ProcessID, connection.ProcessID);

    /// <summary>Looks at a session that was opened just now.</summary>
    /// <exception cref="StoreException">It is not a session of our own.</exception>
    public async Task CheckAsync(NpgsqlConnection connection)
    {
        var process = await AskAsync(connection, AskProcess);
        if (process == connection.ProcessID) return; // a pooler makes up names
        var settings = new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, Enlist = false };
        for (var attempt = 0; attempt < Attempts && !_hasOwnSessions; attempt++)
        {
            await using var other = new NpgsqlConnection(settings.ConnectionString);
            await other.OpenAsync();
            // While the first session is open, nobody else is served by its process; or it is none.
            if (await AskAsync(other, $"begin; {AskProcess}") == process)
                throw new StoreException(StoreFailure.Unavailable, InTransactionMode);
            process = await AskAsync(connection, AskProcess);
        }
        _hasOwnSessions = true;
        _processes[connection.ProcessID] = process;
    }

    private static async Task<int> AskAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return (int)(await command.ExecuteScalarAsync())!;
    }
}
