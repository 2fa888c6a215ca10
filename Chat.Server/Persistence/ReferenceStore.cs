using Chat.Contracts.Entries;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Protocol;
using Chat.Contracts.Rules;
using Chat.Server.Persistence.Entries;
using Chat.Server.Persistence.Rows;
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

    /// <summary>What was stored under the draft's dedupe key by the same act; null: nothing, or the tenant of the one
    /// whose act it is has no such conversation.</summary>
    public Task<CommitOutcome?> FindRepeatAsync(Draft draft, CancellationToken ct) => database.RunAsync(
        async db =>
        {
            var (kind, target) = (draft.Content.Kind, draft.Content.TargetSequence);
            var tenant = draft.By?.Tenant ?? default;
            var stored = await db.Messages.AsNoTracking()
                .Where(m => m.ConversationId == draft.ConversationId && m.SenderId == draft.SenderId
                    && m.DedupeKey == draft.Content.DedupeKey && m.Kind == kind && m.TargetSequence == target
                    && db.Conversations.Any(c => c.Id == draft.ConversationId && c.Tenant == tenant))
                .Select(m => new { m.MessageId, m.Sequence, m.CreatedAt }).FirstOrDefaultAsync(ct);
            return stored is null
                ? (CommitOutcome?)null
                : new CommitOutcome(CommitStatus.Duplicate, stored.MessageId, stored.Sequence, stored.CreatedAt);
        }, ct);

    /// <summary>The pinned messages, the one that was pinned last first.</summary>
    public Task<List<Pin>> PinsAsync(ConversationId conversation, CancellationToken ct) => database.RunAsync(
        async db =>
        {
            var states = await db.Set<MessageStateRow>().AsNoTracking()
                .Where(s => s.ConversationId == conversation && s.PinSequence != null)
                .OrderByDescending(s => s.PinSequence).Take(ChatLimits.Pins).ToListAsync(ct);
            var wanted = states.SelectMany(s => new[] { s.Sequence, s.PinSequence!.Value }).ToList();
            var rows = (await MessagePreviews.Of(db, db.Messages
                .Where(m => m.ConversationId == conversation && wanted.Contains(m.Sequence))).ToListAsync(ct))
                .ToDictionary(m => m.Sequence);
            return states.ConvertAll(s => new Pin
            {
                Sequence = s.Sequence, PinSequence = s.PinSequence!.Value,
                PinnedBy = rows[s.PinSequence.Value].SenderId, PinnedAt = rows[s.PinSequence.Value].CreatedAt,
                Entry = EntryPreview.Of(rows[s.Sequence].ToEntry(), out _),
            });
        }, ct);

    /// <summary>Whether more than so many take part.</summary>
    public Task<bool> HasMoreThanAsync(int most, ConversationId conversation, CancellationToken ct) =>
        database.RunAsync(async db => await db.Participants
            .Where(p => p.ConversationId == conversation && p.Role != ParticipantRole.Blocked)
            .Take(most + 1).CountAsync(ct) > most, ct);
}
