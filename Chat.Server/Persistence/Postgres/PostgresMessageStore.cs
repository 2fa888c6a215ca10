using System.Collections.Concurrent;
using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Server.Callers;
using Chat.Server.Persistence.Entries;
using Npgsql;
using NpgsqlTypes;

namespace Chat.Server.Persistence.Postgres;

/// <summary>The log on PostgreSQL. A commit is one batch: one round trip, one transaction.</summary>
internal sealed class PostgresMessageStore(PostgresConnections connections) : IMessageStore
{
    private readonly ConcurrentBag<PostgresBatch> _batches = [];
    private readonly PostgresDoubts _doubts = new(connections.ApplicationName);

    public Task<CommitOutcome[]> CommitAsync(
        IReadOnlyList<Draft> drafts, CommitMoment at, CancellationToken ct) =>
        CommitAsync(drafts, at, quietly: false, ct);

    public Task<CommitOutcome[]> ReactAsync(
        IReadOnlyList<Draft> drafts, CommitMoment at, CancellationToken ct) =>
        CommitAsync(drafts, at, quietly: true, ct);

    private async Task<CommitOutcome[]> CommitAsync(
        IReadOnlyList<Draft> drafts, CommitMoment at, bool quietly, CancellationToken ct)
    {
        if (drafts.Count == 0) return [];
        var session = 0;
        if (!_batches.TryTake(out var columns)) columns = new PostgresBatch();
        try
        {
            return await connections.CommitOnceAsync(async connection =>
            {
                session = connections.ProcessOf(connection);
                columns.Fill(drafts);
                await using var batch = quietly
                    ? columns.ToQuietCommands(connection, at)
                    : columns.ToCommands(connection, at);
                // From here on it is not cancelled: the time limit of the command bounds it, and half a commit helps
                // nobody.
                await using var reader = await batch.ExecuteReaderAsync(CancellationToken.None);
                return await columns.ReadOutcomesAsync(reader, drafts);
            }, ct, quietly);
        }
        catch (StoreException e) when (e.Failure == StoreFailure.InDoubt)
        {
            _doubts.Add(session);
            throw;
        }
        finally
        {
            _batches.Add(columns);
        }
    }

    public Task<HashSet<ConversationId>> FindLockedAsync(IReadOnlyCollection<Draft> drafts, CancellationToken ct) =>
        PostgresConnections.RunAsync(connections.Commits, async connection =>
        {
            var locked = new HashSet<ConversationId>();
            var conversations = drafts.Select(draft => draft.ConversationId.Value).Distinct();
            var targets = drafts.Where(draft => draft.HasTarget).ToList();
            await using (var command = new NpgsqlCommand(PostgresSql.FindLocked, connection))
            {
                command.Parameters.Add(PostgresBatch.Parameter([.. conversations], NpgsqlDbType.Uuid));
                command.Parameters.Add(PostgresBatch.Parameter(
                    targets.ConvertAll(draft => draft.ConversationId.Value), NpgsqlDbType.Uuid));
                command.Parameters.Add(PostgresBatch.Parameter(
                    targets.ConvertAll(draft => draft.Content.TargetSequence ?? 0), NpgsqlDbType.Bigint));
                await using var reader = await command.ExecuteReaderAsync(ct);
                while (await reader.ReadAsync(ct)) locked.Add(new ConversationId(reader.GetGuid(0)));
            }
            // Also where all are free: what is waited for may be the lock of rights, which is none of a row.
            await using var ending = new NpgsqlCommand(PostgresSql.EndSilentSessions, connection);
            await ending.ExecuteNonQueryAsync(ct);
            return locked;
        }, ct);

    public async Task<CommitOutcome?[]> ResolveAsync(IReadOnlyList<Draft> drafts, CancellationToken ct)
    {
        if (drafts.Count == 0) return [];
        return await PostgresConnections.RunAsync(connections.Commits, async connection =>
        {
            await _doubts.EndSessionsAsync(connection, ct);
            return await PostgresDoubts.FindAsync(connection, drafts, ct);
        }, ct);
    }

    public async Task<List<ConversationEntry>> ReadAfterAsync(
        ConversationId conversation, long after, PageLimit limit, CancellationToken ct) =>
        (await ReadAsync(PostgresReadSql.ReadAfter, conversation, limit, ct, after)).Entries;

    public async Task<LogStretches> ReadAfterAsync(
        IReadOnlyList<LogPlace> places, PageLimit limit, CancellationToken ct) =>
        await connections.ReadAsync(async connection =>
        {
            await using var command = new NpgsqlCommand(PostgresReadSql.ReadAfterEach, connection)
            {
                Parameters =
                {
                    new NpgsqlParameter<Guid[]> { TypedValue = [.. places.Select(place => place.Conversation.Value)] },
                    new NpgsqlParameter<int> { TypedValue = limit.Entries },
                    new NpgsqlParameter<long> { TypedValue = limit.Bytes },
                    new NpgsqlParameter<long[]> { TypedValue = [.. places.Select(place => place.After)] },
                },
            };
            await using var reader = await command.ExecuteReaderAsync(ct);
            var page = new PageRead(limit.Bytes);
            while (await reader.ReadAsync(ct) && page.TryTake<PostgresColumn.Reader>(
                reader, places[(int)reader.GetInt64(EntryColumns.SizeColumn + 1) - 1].Conversation)) { }
            return new LogStretches(page.Entries, page.IsFull || page.Entries.Count == limit.Entries);
        }, ct);

    public async Task<List<ConversationEntry>> ReadBeforeAsync(
        ConversationId conversation, long before, PageLimit limit, CancellationToken ct)
    {
        var entries = (await ReadAsync(PostgresReadSql.ReadBefore, conversation, limit, ct, before)).Entries;
        entries.Reverse();
        return entries;
    }

    public async Task<MessagePage> ReadMessagesAsync(
        ConversationId conversation, MessageQuery query, PageLimit limit, CancellationToken ct)
    {
        var sql = query.FromOldest ? PostgresReadSql.ReadMessagesAfter : PostgresReadSql.ReadMessagesBefore;
        var read = await ReadAsync(sql, conversation, limit, ct, query.After, query.Before, query.Offset);
        return MessagePage.From(read, query.FromOldest);
    }

    public async Task<List<ConversationEntry>> ReadMessageAsync(
        ConversationId conversation, long sequence, CancellationToken ct) =>
        (await ReadAsync(PostgresReadSql.ReadMessage, conversation, 2, ct, sequence)).Entries;

    public async Task<List<ConversationEntry>> ReadVersionsAsync(
        ConversationId conversation, long sequence, long after, long upTo, PageLimit limit, CancellationToken ct) =>
        (await ReadAsync(PostgresReadSql.ReadVersions, conversation, limit, ct, sequence, after, upTo)).Entries;

    public async Task<Dictionary<ConversationId, LogHead>> ReadHeadsAsync(
        IReadOnlyCollection<ConversationId> conversations, CancellationToken ct)
    {
        if (conversations.Count == 0) return [];
        return await connections.ReadAsync(async connection =>
        {
            await using var command = new NpgsqlCommand(PostgresReadSql.ReadHeads, connection)
            {
                Parameters = { new NpgsqlParameter<Guid[]> { TypedValue = [.. conversations.Select(id => id.Value)] } },
            };
            await using var reader = await command.ExecuteReaderAsync(ct);
            var heads = new Dictionary<ConversationId, LogHead>(conversations.Count);
            while (await reader.ReadAsync(ct))
                heads[new ConversationId(reader.GetGuid(0))] = new LogHead(reader.GetInt64(1), reader.GetInt64(2),
                    reader.IsDBNull(3) ? null : reader.GetDateTime(3));
            return heads;
        }, ct);
    }

    public async Task<Dictionary<(ConversationId, UserKey), ConversationAccess>> FindAccessAsync(
        IReadOnlyCollection<(ConversationId Conversation, UserKey User)> whose, CancellationToken ct)
    {
        var pairs = whose.ToArray();
        return await connections.ReadAsync(connection => PostgresKeptPlan.ReadAsync(
            connection, PostgresReadSql.FindAccess,
            [
                new NpgsqlParameter<Guid[]> { TypedValue = Array.ConvertAll(pairs, p => p.Conversation.Value) },
                new NpgsqlParameter<string[]> { TypedValue = Array.ConvertAll(pairs, p => p.User.Id.Value) },
                new NpgsqlParameter<string[]> { TypedValue = Array.ConvertAll(pairs, p => p.User.Tenant.Name) },
            ], async reader =>
            {
                var found = new Dictionary<(ConversationId, UserKey), ConversationAccess>(pairs.Length);
                while (await reader.ReadAsync(ct))
                    found[pairs[reader.GetInt64(0) - 1]] = AccessColumns.Read<PostgresColumn.Reader>(reader, 1);
                return found;
            }, ct), ct);
    }

    private async Task<PageRead> ReadAsync(
        string sql, ConversationId conversation, PageLimit limit, CancellationToken ct, params long[] positions)
    {
        if (limit.Entries <= 0) return new PageRead(limit.Bytes);
        return await connections.ReadAsync(async connection =>
        {
            await using var command = new NpgsqlCommand(sql, connection)
            {
                Parameters =
                {
                    new NpgsqlParameter<Guid> { TypedValue = conversation.Value },
                    new NpgsqlParameter<int> { TypedValue = limit.Entries },
                    new NpgsqlParameter<long> { TypedValue = limit.Bytes },
                },
            };
            foreach (var position in positions)
                command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = position });
            await using var reader = await command.ExecuteReaderAsync(ct);
            var page = new PageRead(limit.Bytes); // a new one where the read is tried again
            while (await reader.ReadAsync(ct) && page.TryTake<PostgresColumn.Reader>(reader, conversation)) { }
            return page;
        }, ct);
    }
}
