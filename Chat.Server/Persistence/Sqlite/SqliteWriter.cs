using Microsoft.Data.Sqlite;

namespace Chat.Server.Persistence.Sqlite;

/// <summary>The connection that writes. SQLite has one writer at a time; other processes wait for its lock.</summary>
/// <remarks>When a call throws, the session is to be thrown away: closing it rolls back.</remarks>
internal sealed class SqliteWriter : SqliteSession
{
    private readonly int _busyMilliseconds;
    private readonly SqliteCommand _begin;
    private readonly SqliteCommand _commit;
    private readonly Dictionary<Type, object> _others = [];

    public SqliteWriter(string connectionString, PersistenceOptions options) : base(connectionString, options)
    {
        _busyMilliseconds = options.CommandTimeoutSeconds * 1_000;
        _begin = Prepare("begin immediate");
        _commit = Prepare("commit");
        Messages = new SqliteMessageWriter(this);
    }

    public SqliteMessageWriter Messages { get; }

    /// <summary>Content was erased since the file of what is written was emptied last.</summary>
    public bool HasErased { get; set; }

    /// <summary>What a side feature writes with: made once per session, because statements are prepared
    /// there.</summary>
    public T Get<T>(Func<SqliteWriter, T> make) where T : class
    {
        if (!_others.TryGetValue(typeof(T), out var known)) _others.Add(typeof(T), known = make(this));
        return (T)known;
    }

    /// <summary>Moves what was written into the database file and empties the file that it was in; as far as that goes
    /// without waiting for readers for longer than a moment.</summary>
    /// <returns>True: it is empty. False: a reader is in the way.</returns>
    public bool EmptyWal(int patienceMilliseconds = 200)
    {
        Execute($"pragma busy_timeout = {patienceMilliseconds}");
        try
        {
            using var command = Connection.CreateCommand();
            command.CommandText = "pragma wal_checkpoint(truncate)";
            return command.ExecuteScalar() is 0L;
        }
        finally
        {
            Execute($"pragma busy_timeout = {_busyMilliseconds}");
        }
    }

    public void Begin() => _begin.ExecuteNonQuery();

    public void Commit() => _commit.ExecuteNonQuery();
}
