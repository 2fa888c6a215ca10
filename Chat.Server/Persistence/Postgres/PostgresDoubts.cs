using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Server.Persistence.Entries;
using Npgsql;
using NpgsqlTypes;

namespace Chat.Server.Persistence.Postgres;

/// <summary>Finds out what became of commits whose answer was lost.</summary>
internal sealed class PostgresDoubts(string applicationName)
{
    private const int Attempts = 250; // each waits 20 ms in the server

    private readonly HashSet<int> _sessions = [];

    /// <summary>Remembers the server's process whose commit is in doubt.</summary>
    public void Add(int session)
    {
        lock (_sessions) _sessions.Add(session);
    }

    /// <summary>Makes sure that no such commit can still happen. Without this one that has not reached its locks yet
    /// could come after the look-up.</summary>
    public async Task EndSessionsAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        int[] sessions;
        lock (_sessions) sessions = [.. _sessions];
        if (sessions.Length == 0) return;
        for (var attempt = 0; await CountAsync(connection, sessions, ct) > 0; attempt++)
            if (attempt == Attempts)
                throw new StoreException(StoreFailure.Unavailable,
                    "a database session whose commit is in doubt does not end");
        lock (_sessions) _sessions.ExceptWith(sessions);
    }

    /// <summary>Looks the drafts up behind the locks of their conversations.</summary>
    public static async Task<CommitOutcome?[]> FindAsync(NpgsqlConnection connection, IReadOnlyList<Draft> drafts,
        CancellationToken ct)
    {
        var conversations = new NpgsqlParameter<Guid[]>
        {
            TypedValue = [.. drafts.Select(d => d.ConversationId.Value).Distinct()]
        };
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new NpgsqlBatchCommand(PostgresSql.Lock) { Parameters = { conversations.Clone() } },
                new NpgsqlBatchCommand(PostgresReadSql.FindStored)
                {
                    Parameters =
                    {
                        conversations,
                        new NpgsqlParameter<Guid[]> { TypedValue = [.. drafts.Select(d => d.Id.Value)] },
                        new NpgsqlParameter<DateTime>
                        {
                            TypedValue = DraftAge.NotStoredBefore(drafts), NpgsqlDbType = NpgsqlDbType.TimestampTz
                        },
                    },
                },
            },
        };
        var stored = new Dictionary<(Guid, Guid), CommitOutcome>();
        await using var reader = await batch.ExecuteReaderAsync(ct);
        await reader.NextResultAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            var id = reader.GetGuid(1);
            stored[(reader.GetGuid(0), id)] = new CommitOutcome(CommitStatus.Stored, new MessageId(id),
                reader.GetInt64(2), reader.GetDateTime(3));
        }
        return [
            .. drafts.Select(
                d => stored.TryGetValue((d.ConversationId.Value, d.Id.Value), out var outcome)
                    ? outcome
                    : (CommitOutcome?)null)];
    }

    private async Task<long> CountAsync(NpgsqlConnection connection, int[] sessions, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(PostgresSql.EndSessions, connection)
        {
            Parameters = { new NpgsqlParameter<int[]> { TypedValue = sessions },
                new NpgsqlParameter<string> { TypedValue = applicationName } },
        };
        return (long)(await command.ExecuteScalarAsync(ct) ?? 0L);
    }
}
