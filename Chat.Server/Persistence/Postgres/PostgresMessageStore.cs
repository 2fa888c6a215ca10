using System.Collections.Concurrent;
using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Npgsql;

namespace Chat.Server.Persistence.Postgres;

/// <summary>The log on PostgreSQL. A commit is one batch: one round trip, one transaction.</summary>
internal sealed class PostgresMessageStore(PostgresConnections connections) : IMessageStore
{
    private readonly ConcurrentBag<PostgresBatch> _batches = [];
    private readonly PostgresDoubts _doubts = new(connections.ApplicationName);

    public async Task<CommitOutcome[]> CommitAsync(IReadOnlyList<ConversationEntry> drafts, DateTimeOffset now, CancellationToken ct)
    {
        if (drafts.Count == 0) return [];
        await using var connection = await OpenAsync(connections.Commits, ct);
        var session = connection.ProcessID;
        if (!_batches.TryTake(out var columns)) columns = new PostgresBatch();
        try
        {
            columns.Fill(drafts);
            await using var batch = columns.ToCommands(connection, Microseconds.Truncate(now));
            // From here on it is not cancelled: the time limit of the command bounds it, and half a commit helps nobody.
            await using var reader = await batch.ExecuteReaderAsync(CancellationToken.None);
            return await columns.ReadOutcomesAsync(reader, drafts);
        }
        catch (Exception exception) when (PostgresFailures.IsInDoubt(exception, connection))
        {
            _doubts.Add(session);
            throw new StoreException(StoreFailure.InDoubt, "the connection to the database was lost during a commit", exception);
        }
        catch (Exception exception) when (DatabaseFailures.ToStoreException(exception) is { } failure)
        {
            throw failure;
        }
        finally
        {
            _batches.Add(columns);
        }
    }

    public async Task<CommitOutcome?[]> ResolveAsync(IReadOnlyList<ConversationEntry> drafts, CancellationToken ct)
    {
        if (drafts.Count == 0) return [];
        try
        {
            await using var connection = await connections.Commits.OpenConnectionAsync(ct);
            await _doubts.EndSessionsAsync(connection, ct);
            return await PostgresDoubts.FindAsync(connection, drafts, ct);
        }
        catch (Exception exception) when (DatabaseFailures.ToStoreException(exception) is { } failure)
        {
            throw failure;
        }
    }

    public Task<List<ConversationEntry>> ReadAfterAsync(ConversationId conversation, long after, int limit, CancellationToken ct) =>
        ReadAsync(PostgresSql.ReadAfter, conversation, after, limit, ct);

    public async Task<List<ConversationEntry>> ReadBeforeAsync(ConversationId conversation, long before, int limit, CancellationToken ct)
    {
        var entries = await ReadAsync(PostgresSql.ReadBefore, conversation, before, limit, ct);
        entries.Reverse();
        return entries;
    }

    public async Task<Dictionary<ConversationId, long>> ReadHeadsAsync(IReadOnlyCollection<ConversationId> conversations, CancellationToken ct)
    {
        var heads = new Dictionary<ConversationId, long>(conversations.Count);
        if (conversations.Count == 0) return heads;
        await using var connection = await OpenAsync(connections.Reads, ct);
        try
        {
            await using var command = new NpgsqlCommand(PostgresSql.ReadHeads, connection)
            {
                Parameters = { new NpgsqlParameter<Guid[]> { TypedValue = [.. conversations.Select(id => id.Value)] } },
            };
            await using var reader = await command.ExecuteReaderAsync(ct);
            while (await reader.ReadAsync(ct)) heads[new ConversationId(reader.GetGuid(0))] = reader.GetInt64(1);
            return heads;
        }
        catch (Exception exception) when (DatabaseFailures.ToStoreException(exception) is { } failure)
        {
            throw failure;
        }
    }

    private async Task<List<ConversationEntry>> ReadAsync(string sql, ConversationId conversation, long position, int limit, CancellationToken ct)
    {
        if (limit <= 0) return [];
        await using var connection = await OpenAsync(connections.Reads, ct);
        try
        {
            await using var command = new NpgsqlCommand(sql, connection)
            {
                Parameters =
                {
                    new NpgsqlParameter<Guid> { TypedValue = conversation.Value },
                    new NpgsqlParameter<long> { TypedValue = position },
                    new NpgsqlParameter<int> { TypedValue = limit },
                },
            };
            await using var reader = await command.ExecuteReaderAsync(ct);
            return await PostgresEntryReader.ReadAllAsync(reader, conversation, ct);
        }
        catch (Exception exception) when (DatabaseFailures.ToStoreException(exception) is { } failure)
        {
            throw failure;
        }
    }

    private static async ValueTask<NpgsqlConnection> OpenAsync(NpgsqlDataSource source, CancellationToken ct)
    {
        try
        {
            return await source.OpenConnectionAsync(ct);
        }
        catch (Exception exception) when (DatabaseFailures.ToStoreException(exception) is { } failure)
        {
            throw failure;
        }
    }
}
