using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Server.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Chat.Server.Retention;

/// <summary>Erases content. Failures are <see cref="StoreException"/>.</summary>
internal sealed class RetentionStore(ChatDatabase database, DatabaseSettings settings)
{
    /// <summary>The next entries after a place, with or without content, oldest first: so the cost of a page does not
    /// depend on the place.</summary>
    /// <param name="from">The place: a time, and the last entry of that time that was processed.</param>
    /// <param name="until">Only those before.</param>
    /// <param name="most">How many.</param>
    /// <param name="ct">Cancels waiting.</param>
    public Task<List<OldEntry>> FindAsync(
        (DateTimeOffset Time, long Id) from, DateTimeOffset until, int most, CancellationToken ct) => database.RunAsync(
        db => db.Messages.Where(m => m.CreatedAt >= from.Time && m.CreatedAt < until
                && (m.CreatedAt > from.Time || m.Id > from.Id))
            .OrderBy(m => m.CreatedAt).ThenBy(m => m.Id).Take(most)
            .Select(m => new OldEntry(m.Id, m.ConversationId, m.Sequence, m.CreatedAt, m.Kind == EntryKind.Message
                && (m.Message != "" || m.AttachmentUrl != null || m.AttachmentMeta != null || m.Payload != null)))
            .ToListAsync(ct), ct);

    /// <summary>Stores up to which sequence the conversations' content is erased. Every instance reads it (in its head
    /// check) and drops such content from memory.</summary>
    public Task MarkAsync(IReadOnlyDictionary<ConversationId, long> upTo, CancellationToken ct) => database.ChangeAsync(
        async db =>
        {
            if (upTo.Count == 0) return 0;
            if (settings.Kind == DatabaseKind.Postgres)
                return await db.Database.ExecuteSqlAsync(PostgresMark(upTo), ct);
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            foreach (var (conversation, sequence) in upTo)
                await db.Conversations.Where(c => c.Id == conversation && c.ErasedSequence < sequence)
                    .ExecuteUpdateAsync(set => set.SetProperty(c => c.ErasedSequence, sequence), ct);
            await transaction.CommitAsync(ct);
            return upTo.Count;
        }, ct);

    public Task<int> EraseAsync(IReadOnlyList<OldEntry> messages, CancellationToken ct) => database.ChangeAsync(
        async db =>
        {
            var ids = messages.Select(m => m.Id).ToList();
            var erased = await db.Messages.Where(m => ids.Contains(m.Id)).ExecuteUpdateAsync(
                set => set.SetProperty(m => m.Message, "").SetProperty(m => m.AttachmentUrl, (string?)null)
                    .SetProperty(m => m.AttachmentMeta, (string?)null).SetProperty(m => m.Payload, (string?)null), ct);
            // What was erased is in the file of what is written until that is emptied; a reader may be in the way.
            if (settings.Kind == DatabaseKind.Sqlite)
                await db.Database.ExecuteSqlRawAsync("pragma wal_checkpoint(truncate)", ct);
            return erased;
        }, ct);

    /// <summary>Locks in the same order as commits, to avoid deadlocks.</summary>
    private static FormattableString PostgresMark(IReadOnlyDictionary<ConversationId, long> upTo)
    {
        var ids = upTo.Keys.Select(id => id.Value).ToArray();
        var sequences = upTo.Values.ToArray();
        return $"""
            with locked as materialized (
                select id from conversations where id = any({ids}) order by id for no key update)
            update conversations c set erased_sequence = m.sequence
              from locked join unnest({ids}, {sequences}) as m(id, sequence) on m.id = locked.id
             where c.id = locked.id and c.erased_sequence < m.sequence
            """;
    }
}
