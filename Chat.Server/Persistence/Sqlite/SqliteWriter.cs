using Microsoft.Data.Sqlite;

namespace Chat.Server.Persistence.Sqlite;

/// <summary>The connection that writes. SQLite has one writer at a time; other processes wait for its lock.</summary>
/// <remarks>When a call throws, the session is to be thrown away: closing it rolls back.</remarks>
internal sealed class SqliteWriter : SqliteSession
{
    private readonly SqliteCommand _begin;
    private readonly SqliteCommand _commit;

    public SqliteWriter(string connectionString, PersistenceOptions options) : base(connectionString, options)
    {
        _begin = Prepare("begin immediate");
        _commit = Prepare("commit");
        Messages = new SqliteMessageWriter(this);
        Tasks = new SqliteTaskWriter(this);
    }

    public SqliteMessageWriter Messages { get; }

    public SqliteTaskWriter Tasks { get; }

    public void Begin() => _begin.ExecuteNonQuery();

    public void Commit() => _commit.ExecuteNonQuery();
}
