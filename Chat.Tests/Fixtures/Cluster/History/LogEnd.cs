using Npgsql;

namespace Chat.Tests.Fixtures.Cluster.History;

/// <summary>Where a log ends.</summary>
internal sealed record LogEnd(long Sequence, long MessageSequence, Guid? MessageId)
{
    public static async Task<LogEnd> ReadAsync(string connectionString, Guid conversation)
    {
        const string sql = "select sequence, kind, message_id from messages where conversation_id = @id order by "
            + "sequence desc limit 1000";
        await using var connection = new NpgsqlConnection(connectionString + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        command.Parameters.AddWithValue("id", conversation);
        await using var rows = await command.ExecuteReaderAsync();
        long end = 0;
        while (await rows.ReadAsync())
        {
            end = Math.Max(end, rows.GetInt64(0));
            if (rows.GetInt16(1) == 0) return new LogEnd(end, rows.GetInt64(0), rows.GetGuid(2));
        }
        return new LogEnd(end, 0, null);
    }

    public bool IsReachedBy(ReaderHistory reader)
    {
        if (reader.LiveOnly) return reader.LastId is not { } id || id == MessageId;
        return reader.Last >= (reader.MessagesOnly ? MessageSequence : Sequence);
    }
}
