using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Server.Persistence.Rows;
using Npgsql;

namespace Chat.Server.Persistence.Postgres;

/// <summary>Makes entries from the rows of <see cref="PostgresSql.ReadAfter"/> and its sister.</summary>
internal static class PostgresEntryReader
{
    public static async Task<List<ConversationEntry>> ReadAllAsync(NpgsqlDataReader reader, ConversationId conversation, CancellationToken ct)
    {
        var entries = new List<ConversationEntry>();
        UserId sender = default;
        while (await reader.ReadAsync(ct))
        {
            // Many entries in a row are often one user's: then they share the string.
            var senderText = reader.GetString(2);
            if (senderText != sender.Value) sender = UserId.Parse(senderText);
            entries.Add(ReadOne(reader, conversation, sender));
        }
        return entries;
    }

    private static ConversationEntry ReadOne(NpgsqlDataReader row, ConversationId conversation, UserId sender)
    {
        var stored = new StoredEntry(
            new MessageId(row.GetGuid(5)), conversation, row.GetInt64(0), sender, row.GetDateTime(4), (EntryKind)row.GetInt16(1));
        return stored.With(new EntryColumns(
            row.GetString(3), (MessageType)row.GetInt16(6), Text(row, 7), Text(row, 8), Text(row, 9), row.IsDBNull(10) ? null : row.GetInt64(10), Text(row, 11)));
    }

    private static string? Text(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
