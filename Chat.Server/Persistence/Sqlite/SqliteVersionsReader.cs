using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Protocol;
using Chat.Server.Persistence.Entries;
using Microsoft.Data.Sqlite;

namespace Chat.Server.Persistence.Sqlite;

/// <summary>Reads a message and what has become of it.</summary>
internal sealed class SqliteVersionsReader(SqliteSession session)
{
    private readonly SqliteCommand _message = session.Prepare(SqliteSql.ReadMessage,
        ("$conversation", SqliteType.Blob), ("$target", SqliteType.Integer));

    private readonly SqliteCommand _versions = session.Prepare(SqliteSql.ReadVersions,
        ("$conversation", SqliteType.Blob), ("$target", SqliteType.Integer), ("$after", SqliteType.Integer),
        ("$upto", SqliteType.Integer), ("$limit", SqliteType.Integer));

    public List<ConversationEntry> ReadMessage(ConversationId conversation, long sequence) =>
        Read(_message, conversation, sequence, ChatLimits.PageBytes);

    public List<ConversationEntry> Read(
        ConversationId conversation, long sequence, long after, long upTo, PageLimit limit)
    {
        _versions.Parameters[2].Value = after;
        _versions.Parameters[3].Value = upTo;
        _versions.Parameters[4].Value = limit.Entries;
        return Read(_versions, conversation, sequence, limit.Bytes);
    }

    private static List<ConversationEntry> Read(
        SqliteCommand command, ConversationId conversation, long sequence, int bytes)
    {
        command.Parameters[0].Value = conversation.Value.ToByteArray(true);
        command.Parameters[1].Value = sequence;
        var page = new PageRead(bytes);
        using var reader = command.ExecuteReader();
        while (reader.Read() && page.TryTake<SqliteColumn.Reader>(reader, conversation)) { }
        return page.Entries;
    }
}
