using Chat.Contracts.Identifiers;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Chat.Benchmarks.Load.Scenarios;

/// <summary>Puts many messages behind what a conversation has, straight into the database: a million through the server
/// would take a minute each time.</summary>
internal static class HistoryFill
{
    private const string Columns =
        "conversation_id, sequence, kind, sender_id, message, created_at, message_id, msg_type";

    /// <summary>The database must be the server's own; nobody may be writing to the conversation.</summary>
    public static async Task PostgresAsync(
        string connectionString, ConversationId conversation, string sender, int entries, int bodyLength,
        CancellationToken ct)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var fill = source.CreateCommand(
            $"""
            insert into messages ({Columns})
            select $1, c.last_sequence + n, 0, $2, rpad('entry ' || (c.last_sequence + n) || ' ', $4, 'x'), now()
              + n * interval '1 microsecond', gen_random_uuid(), 0
              from conversations c, generate_series(1, $3) n where c.id = $1;
            """);
        fill.CommandTimeout = 0;
        fill.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = conversation.Value });
        fill.Parameters.Add(new NpgsqlParameter<string> { TypedValue = sender });
        fill.Parameters.Add(new NpgsqlParameter<int> { TypedValue = entries });
        fill.Parameters.Add(new NpgsqlParameter<int> { TypedValue = bodyLength });
        await fill.ExecuteNonQueryAsync(ct);
        await using var advance = source.CreateCommand(
            "update conversations set last_sequence = last_sequence + $2, last_entry_at = now() + $2 * interval '1 "
                + "microsecond' where id = $1");
        advance.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = conversation.Value });
        advance.Parameters.Add(new NpgsqlParameter<int> { TypedValue = entries });
        await advance.ExecuteNonQueryAsync(ct);
        await using var analyze = source.CreateCommand("analyze messages"); // what autovacuum would do a minute later
        analyze.CommandTimeout = 0;
        await analyze.ExecuteNonQueryAsync(ct);
    }

    /// <inheritdoc cref="PostgresAsync" />
    public static async Task SqliteAsync(
        string file, ConversationId conversation, string sender, int entries, int bodyLength, CancellationToken ct)
    {
        await using var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder
            {
                DataSource = file, DefaultTimeout = 60, Pooling = false
            }.ConnectionString);
        await connection.OpenAsync(ct);
        await using var fill = connection.CreateCommand();
        fill.CommandText =
            $"""
            begin immediate;
            with recursive numbers(n) as (select 1 union all select n + 1 from numbers where n < $entries)
            insert into messages ({Columns})
            select c.id, c.last_sequence + n, 0, $sender, substr('entry ' || (c.last_sequence + n) || ' ' || $filler,
              1, $length), unixepoch() * 1000000 + n, randomblob(16), 0
              from conversations c, numbers where c.id = $conversation;
            update conversations set last_sequence = last_sequence + $entries, last_entry_at = unixepoch() * 1000000
              + $entries where id = $conversation;
            commit;
            """;
        fill.CommandTimeout = 0;
        fill.Parameters.AddWithValue("$conversation", conversation.Value.ToByteArray(bigEndian: true));
        fill.Parameters.AddWithValue("$sender", sender);
        fill.Parameters.AddWithValue("$entries", entries);
        fill.Parameters.AddWithValue("$length", bodyLength);
        fill.Parameters.AddWithValue("$filler", new string('x', bodyLength));
        await fill.ExecuteNonQueryAsync(ct);
    }
}
