using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Server.Callers;
using Chat.Server.Persistence.Entries;
using Microsoft.Data.Sqlite;

namespace Chat.Server.Persistence.Sqlite;

/// <summary>A connection that reads. In WAL mode readers and the writer do not wait for one another.</summary>
internal sealed class SqliteReader : SqliteSession
{
    private readonly SqliteCommand _after;
    private readonly SqliteCommand _before;
    private readonly SqliteCommand _messagesAfter;
    private readonly SqliteCommand _messagesBefore;
    private readonly SqliteCommand _head;
    private readonly SqliteCommand _access;

    public SqliteReader(string connectionString, PersistenceOptions options) : base(connectionString, options)
    {
        _after = Prepare(SqliteSql.ReadAfter, ("$conversation", SqliteType.Blob), ("$position", SqliteType.Integer),
            ("$limit", SqliteType.Integer));
        _before = Prepare(SqliteSql.ReadBefore, ("$conversation", SqliteType.Blob), ("$position", SqliteType.Integer),
            ("$limit", SqliteType.Integer));
        _messagesAfter = PrepareMessages(SqliteSql.ReadMessagesAfter);
        _messagesBefore = PrepareMessages(SqliteSql.ReadMessagesBefore);
        _head = Prepare(SqliteSql.ReadHead, ("$conversation", SqliteType.Blob));
        _access = Prepare(SqliteSql.FindAccess, ("$conversation", SqliteType.Blob), ("$user", SqliteType.Text),
            ("$tenant", SqliteType.Text));
        Versions = new SqliteVersionsReader(this);
        Shown = new SqliteShownReader(this);
        Lists = new SqliteListReader(this);
    }

    public SqliteVersionsReader Versions { get; }

    public SqliteShownReader Shown { get; }

    public SqliteListReader Lists { get; }

    public List<ConversationEntry> ReadAfter(ConversationId conversation, long after, PageLimit limit) =>
        Read(_after, conversation, after, limit);

    public LogStretches ReadAfter(IReadOnlyList<LogPlace> places, PageLimit limit)
    {
        var page = new PageRead(limit.Bytes);
        foreach (var (conversation, after) in places)
        {
            if (page.IsFull || page.Entries.Count == limit.Entries) break;
            _after.Parameters[1].Value = after;
            _after.Parameters[2].Value = limit.Entries - page.Entries.Count;
            Take(_after, conversation, page);
        }
        return new LogStretches(page.Entries, page.IsFull || page.Entries.Count == limit.Entries);
    }

    public List<ConversationEntry> ReadBefore(ConversationId conversation, long before, PageLimit limit)
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
            if (reader.Read())
                heads[conversation] = new LogHead(reader.GetInt64(0), reader.GetInt64(1),
                    reader.IsDBNull(2) ? null : Microseconds.FromUnix(reader.GetInt64(2)));
        }
        return heads;
    }

    public Dictionary<(ConversationId, UserKey), ConversationAccess> FindAccess(
        IReadOnlyCollection<(ConversationId Conversation, UserKey User)> whose)
    {
        var found = new Dictionary<(ConversationId, UserKey), ConversationAccess>(whose.Count);
        foreach (var pair in whose)
        {
            _access.Parameters[0].Value = pair.Conversation.Value.ToByteArray(true);
            _access.Parameters[1].Value = pair.User.Id.Value;
            _access.Parameters[2].Value = pair.User.Tenant.Name;
            using var reader = _access.ExecuteReader();
            if (reader.Read()) found[pair] = AccessColumns.Read<SqliteColumn.Reader>(reader, 0);
        }
        return found;
    }

    public MessagePage ReadMessages(ConversationId conversation, MessageQuery query, PageLimit limit)
    {
        var command = query.FromOldest ? _messagesAfter : _messagesBefore;
        command.Parameters[1].Value = query.After;
        command.Parameters[2].Value = query.Before;
        command.Parameters[3].Value = limit.Entries;
        command.Parameters[4].Value = query.Offset;
        var page = new PageRead(limit.Bytes);
        Take(command, conversation, page);
        return MessagePage.From(page, query.FromOldest);
    }

    private SqliteCommand PrepareMessages(string sql) => Prepare(sql, ("$conversation", SqliteType.Blob),
        ("$after", SqliteType.Integer), ("$before", SqliteType.Integer), ("$limit", SqliteType.Integer),
        ("$offset", SqliteType.Integer));

    private static List<ConversationEntry> Read(
        SqliteCommand command, ConversationId conversation, long position, PageLimit limit)
    {
        command.Parameters[1].Value = position;
        command.Parameters[2].Value = limit.Entries;
        var page = new PageRead(limit.Bytes);
        Take(command, conversation, page);
        return page.Entries;
    }

    private static void Take(SqliteCommand command, ConversationId conversation, PageRead page)
    {
        command.Parameters[0].Value = conversation.Value.ToByteArray(true);
        using var reader = command.ExecuteReader(); // a row at a time: what is not taken is not read
        while (reader.Read() && page.TryTake<SqliteColumn.Reader>(reader, conversation)) { }
    }
}
