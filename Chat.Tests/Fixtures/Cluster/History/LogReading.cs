using System.Text.Json;
using Npgsql;

namespace Chat.Tests.Fixtures.Cluster.History;

/// <summary>Reads logs straight from the database's tables, past all code of the server.</summary>
internal static class LogReading
{
    private const short Message = 0, ConversationCreated = 1;

    public static async Task<IReadOnlyList<LoggedEntry>> ReadAsync(string connectionString, Guid conversation)
    {
        const string sql = "select sequence, message_id, sender_id, kind, message, dedupe_key, payload from messages "
            + "where conversation_id = @id order by sequence";
        await using var connection = new NpgsqlConnection(connectionString + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        command.Parameters.AddWithValue("id", conversation);
        await using var rows = await command.ExecuteReaderAsync();
        var log = new List<LoggedEntry>();
        while (await rows.ReadAsync())
        {
            var kind = rows.GetInt16(3);
            using var payload = JsonDocument.Parse(rows.IsDBNull(6) ? "{}" : rows.GetString(6));
            log.Add(new LoggedEntry(rows.GetInt64(0), rows.GetGuid(1), rows.GetString(2), rows.GetString(4))
            {
                IsMessage = kind == Message,
                DedupeKey = rows.IsDBNull(5) ? null : rows.GetString(5),
                Added = kind != ConversationCreated
                    && payload.RootElement.TryGetProperty("participantIds", out var added)
                    ? [.. added.EnumerateArray().Select(user => user.GetString()!)]
                    : [],
                Removed = payload.RootElement.TryGetProperty("participantId", out var removed)
                    ? removed.GetString()
                    : null,
            });
        }
        return log;
    }
}
