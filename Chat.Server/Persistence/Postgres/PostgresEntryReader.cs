using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Server.Persistence.Entries;
using Npgsql;

namespace Chat.Server.Persistence.Postgres;

/// <summary>Makes entries from the rows of <see cref="PostgresSql.ReadAfter"/> and its sister.</summary>
internal static class PostgresEntryReader
{
    public static async Task<List<ConversationEntry>> ReadAllAsync(
        NpgsqlDataReader reader, ConversationId conversation, CancellationToken ct)
    {
        var entries = new List<ConversationEntry>();
        UserId sender = default;
        while (await reader.ReadAsync(ct))
            entries.Add(EntryColumns.ReadEntry<PostgresColumn.Reader>(reader, conversation, ref sender));
        return entries;
    }
}
