using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Server.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Chat.Server.Retention;

/// <summary>Erases content. Failures are <see cref="StoreException"/>.</summary>
internal sealed class RetentionStore(ChatDatabase database)
{
    /// <summary>Finds messages with content that were stored in this time, the oldest first.</summary>
    public Task<List<Erasable>> FindAsync(
        DateTimeOffset from, DateTimeOffset until, int most, CancellationToken ct) => database.RunAsync(
        db => db.Messages
            .Where(m => m.CreatedAt >= from && m.CreatedAt < until && m.Kind == EntryKind.Message)
            .Where(m => m.Message != "" || m.AttachmentUrl != null || m.AttachmentMeta != null || m.Payload != null)
            .OrderBy(m => m.CreatedAt).Take(most)
            .Select(m => new Erasable(m.Id, m.ConversationId, m.Sequence, m.CreatedAt)).ToListAsync(ct), ct);

    /// <summary>Says in the database up to where the conversations' content is erased. Every instance looks there
    /// (in its head check) and drops what it has in memory.</summary>
    public Task MarkAsync(IReadOnlyDictionary<ConversationId, long> upTo, CancellationToken ct) => database.RunAsync(
        async db =>
        {
            // One row a transaction: several at once could meet the locks of a commit in another order.
            foreach (var (conversation, sequence) in upTo)
                await db.Conversations.Where(c => c.Id == conversation && c.ErasedSequence < sequence)
                    .ExecuteUpdateAsync(set => set.SetProperty(c => c.ErasedSequence, sequence), ct);
            return 0;
        }, ct);

    public Task<int> EraseAsync(IReadOnlyList<Erasable> messages, CancellationToken ct) => database.RunAsync(
        async db =>
        {
            var ids = messages.Select(m => m.Id).ToList();
            return await db.Messages.Where(m => ids.Contains(m.Id)).ExecuteUpdateAsync(
                set => set.SetProperty(m => m.Message, "").SetProperty(m => m.AttachmentUrl, (string?)null)
                    .SetProperty(m => m.AttachmentMeta, (string?)null).SetProperty(m => m.Payload, (string?)null), ct);
        }, ct);
}
