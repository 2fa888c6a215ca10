using Chat.Contracts.Identifiers;
using Chat.Server.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Chat.Server.Notifications;

/// <summary>What notifications ask of the database. Failures are <see cref="StoreException"/>.</summary>
internal sealed class NotificationStore(ChatDatabase database)
{
    /// <summary>The conversation's kind and title; null when there is no such conversation.</summary>
    public Task<NotifiedConversation?> FindAsync(
        ConversationId conversation, CancellationToken ct) => database.RunAsync(
        db => db.Conversations.Where(c => c.Id == conversation).Select(c => new NotifiedConversation(c.Kind, c.Title))
            .FirstOrDefaultAsync(ct), ct);

    /// <summary>Participants who have not read up to this sequence and have not muted the conversation, with how far
    /// they have read.</summary>
    public Task<List<UnreadParticipant>> FindUnreadAsync(
        ConversationId conversation, long upTo, CancellationToken ct) => database.RunAsync(
        db => db.Participants
            .Where(p => p.ConversationId == conversation && p.Role != ParticipantRole.Blocked && !p.IsMuted
                && p.LastReadSequence < upTo)
            .OrderBy(p => p.UserId)
            .Select(p => new UnreadParticipant(p.UserId, p.LastReadSequence)).ToListAsync(ct),
        ct);

    /// <summary>Conversations with an entry since then, with the newest sequence.</summary>
    public Task<List<ActiveConversation>> FindActiveAsync(
        DateTimeOffset since, CancellationToken ct) => database.RunAsync(
        db => db.Conversations.Where(c => c.LastEntryAt >= since)
            .Select(c => new ActiveConversation(c.Id, c.LastSequence)).ToListAsync(ct), ct);

    /// <summary>The first sequence of the conversation that was stored since then; null when there is none.</summary>
    public Task<long?> FirstSinceAsync(
        ConversationId conversation, DateTimeOffset since, CancellationToken ct) => database.RunAsync(
        db => db.Messages.Where(m => m.ConversationId == conversation && m.CreatedAt >= since)
            .MinAsync(m => (long?)m.Sequence, ct), ct);
}
