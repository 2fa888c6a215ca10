using Microsoft.Data.Sqlite;

namespace Chat.Server.Persistence.Sqlite;

/// <summary>One connection of our own, with its statements kept prepared. Used by one caller at a time.</summary>
internal abstract class SqliteSession : IDisposable
{
    private readonly List<SqliteCommand> _commands = [];

    protected SqliteSession(string connectionString, PersistenceOptions options)
    {
        // Not from the provider's pool: that would forget the prepared statements.
        var settings = new SqliteConnectionStringBuilder(connectionString) { Pooling = false, DefaultTimeout = 1 };
        Connection = new SqliteConnection(settings.ConnectionString);
        try
        {
            Connection.Open();
            // FULL: what is acknowledged survives a loss of power. With group commit it costs next to nothing.
            Execute($"pragma busy_timeout = {options.CommandTimeoutSeconds * 1000}");
            Execute("pragma journal_mode = wal");
            Execute("pragma synchronous = full");
            Execute(SqliteErasure.Overwrite);
            Execute("pragma mmap_size = 268435456");
            Execute("pragma cache_size = -16384");
        }
        catch
        {
            Connection.Dispose();
            throw;
        }
    }

    public SqliteConnection Connection { get; }

    public void Dispose()
    {
        foreach (var command in _commands) command.Dispose();
        Connection.Dispose();
    }

    /// <summary>A statement for the life of the session, prepared when it first runs.</summary>
    public SqliteCommand Prepare(string sql, params ReadOnlySpan<(string Name, SqliteType Type)> parameters)
    {
        var command = Connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, type) in parameters) command.Parameters.Add(name, type);
        _commands.Add(command);
        return command;
    }

    protected void Execute(string sql)
    {
        using var command = Connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
