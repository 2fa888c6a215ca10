using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Microsoft.EntityFrameworkCore;

namespace Chat.Server.Persistence;

/// <summary>What a message refers to. Failures are <see cref="StoreException"/>.</summary>
internal sealed class ReferenceStore(ChatDatabase database)
{
    /// <summary>The messages among these entries, each with the first message of its thread; null for one outside of
    /// threads. Both never change.</summary>
    public Task<Dictionary<long, long?>> FindAsync(
        ConversationId conversation, IReadOnlyCollection<long> sequences, CancellationToken ct) => database.RunAsync(
        db => db.Messages.Where(m => m.ConversationId == conversation && sequences.Contains(m.Sequence)
                && m.Kind == EntryKind.Message)
            .Select(m => new { m.Sequence, m.Thread }).ToDictionaryAsync(m => m.Sequence, m => m.Thread, ct), ct);

    /// <summary>Whether more than so many take part.</summary>
    public Task<bool> HasMoreThanAsync(int most, ConversationId conversation, CancellationToken ct) =>
        database.RunAsync(async db => await db.Participants
            .Where(p => p.ConversationId == conversation && p.Role != ParticipantRole.Blocked)
            .Take(most + 1).CountAsync(ct) > most, ct);
}
