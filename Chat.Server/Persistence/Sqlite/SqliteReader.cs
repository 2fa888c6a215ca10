using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Server.Persistence.Entries;
using Microsoft.Data.Sqlite;

namespace Chat.Server.Persistence.Sqlite;

/// <summary>A connection that reads. In WAL mode readers and the writer do not wait for one another.</summary>
internal sealed class SqliteReader : SqliteSession
{
    private readonly SqliteCommand _after;
    private readonly SqliteCommand _before;
    private readonly SqliteCommand _head;

    public SqliteReader(string connectionString, PersistenceOptions options) : base(connectionString, options)
    {
        _after = Prepare(SqliteSql.ReadAfter, ("$conversation", SqliteType.Blob), ("$position", SqliteType.Integer),
            ("$limit", SqliteType.Integer));
        _before = Prepare(SqliteSql.ReadBefore, ("$conversation", SqliteType.Blob), ("$position", SqliteType.Integer),
            ("$limit", SqliteType.Integer));
        _head = Prepare(SqliteSql.ReadHead, ("$conversation", SqliteType.Blob));
    }

    public List<ConversationEntry> ReadAfter(ConversationId conversation, long after, int limit) =>
        Read(_after, conversation, after, limit);

    public List<ConversationEntry> ReadBefore(ConversationId conversation, long before, int limit)
    {
        var entries = Read(_before, conversation, before, limit);
        entries.Reverse();
        return entries;
    }

    public Dictionary<ConversationId, LogHead> ReadHeads(IReadOnlyCollection<ConversationId> conversations)
    {
        var heads = new Dictionary<ConversationId, LogHead>(conversations.Count);
        foreach (var conversation in conversations)
        {
            _head.Parameters[0].Value = conversation.Value.ToByteArray(true);
            using var reader = _head.ExecuteReader();
            if (reader.Read()) heads[conversation] = new LogHead(reader.GetInt64(0), reader.GetInt64(1));
        }
        return heads;
    }

    private static List<ConversationEntry> Read(
        SqliteCommand command, ConversationId conversation, long position, int limit)
    {
        command.Parameters[0].Value = conversation.Value.ToByteArray(true);
        command.Parameters[1].Value = position;
        command.Parameters[2].Value = limit;
        var entries = new List<ConversationEntry>();
        UserId sender = default;
        using var reader = command.ExecuteReader();
        while (reader.Read()) entries.Add(EntryColumns.ReadEntry<SqliteColumn.Reader>(reader, conversation,
            ref sender));
        return entries;
    }
}
