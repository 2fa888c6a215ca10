using Npgsql;

namespace Chat.Server.Persistence.Postgres;

/// <summary>Indexes of tables that may be large, made while everybody reads and writes them. They make queries faster
/// and nothing else, so the version before may run meanwhile.</summary>
/// <remarks><c>create index concurrently</c> waits for every transaction that is older: so it is under no lock that
/// another instance waits for inside a statement, and this one's own lock is asked for again and again.</remarks>
internal sealed partial class PostgresLateIndexes(
    DatabaseSettings settings, TimeProvider time, ILogger<PostgresLateIndexes> logger)
{
    private const long Key = 0x63686178; // "chax"

    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(200);

    private static readonly (string Name, string Columns)[] All =
    [
        ("ix_participants_tenant_user_id", "participants (tenant, user_id, conversation_id)"),
        ("ix_participants_role", "participants (conversation_id, role, joined_at, user_id)"),
        ("ix_messages_thread", "messages (conversation_id, thread, sequence) where thread is not null"),
        ("ix_messages_target",
            "messages (conversation_id, target_sequence, sequence) where target_sequence is not null"),
        ("ix_messages_gap", "messages (conversation_id, shown_before) where shown_before is not null and is_shown"),
        ("ix_mentions_message", "mentions (conversation_id, sequence)"),
        ("ix_conversations_listed", "conversations (tenant, listed_at desc)"),
    ];

    public static string[] Names => [.. All.Select(index => index.Name)];

    /// <summary>Makes those that are not there, and again those that were broken off. One instance does, the others
    /// wait.</summary>
    public async Task BuildAsync(CancellationToken ct)
    {
        // Without pooling, disposing it ends the session and with that the lock.
        var connectionString = new NpgsqlConnectionStringBuilder(settings.ConnectionString)
        {
            Pooling = false, CommandTimeout = 0, Enlist = false
        };
        await using var connection = new NpgsqlConnection(connectionString.ConnectionString);
        await connection.OpenAsync(ct);
        foreach (var (name, columns) in All)
        {
            while (await IsValidAsync(connection, name, ct) is not true
                && !(bool)(await RunAsync(connection, $"select pg_try_advisory_lock({settings.LockKey(Key)})", ct))!)
                await Task.Delay(RetryDelay, time, ct);
            // Looked at again: another instance may have made it until the lock was free.
            if (await IsValidAsync(connection, name, ct) is not true)
                await BuildAsync(connection, name, columns, ct);
        }
    }

    private async Task BuildAsync(NpgsqlConnection connection, string name, string columns, CancellationToken ct)
    {
        Log.Building(logger, name);
        await RunAsync(connection, $"drop index concurrently if exists {name}", ct);
        await RunAsync(connection, $"create index concurrently {name} on {columns}", ct);
    }

    /// <summary>Null: there is none of that name. False: its making was broken off, or is under way.</summary>
    private static async Task<bool?> IsValidAsync(NpgsqlConnection connection, string name, CancellationToken ct) =>
        await RunAsync(connection,
            $"select indisvalid from pg_index where indexrelid = to_regclass('{name}')", ct) as bool?;

    private static async Task<object?> RunAsync(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(ct);
    }

    private static partial class Log
    {
        [LoggerMessage(2005, LogLevel.Information,
            "Making the index {Index}; sends and reads go on, and the start waits for it")]
        public static partial void Building(ILogger logger, string index);
    }
}
