using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Server.Callers;
using Chat.Server.Persistence;
using Chat.Server.Tasks.Store;
using Microsoft.EntityFrameworkCore;

namespace Chat.Server.Notifications;

/// <summary>Database queries of notifications. Failures are <see cref="StoreException"/>.</summary>
internal sealed class NotificationStore(ChatDatabase database)
{
    /// <summary>The conversations that exist.</summary>
    public Task<Dictionary<ConversationId, NotifiedConversation>> FindAsync(
        IReadOnlyCollection<ConversationId> conversations, CancellationToken ct) => database.RunAsync(
        db => db.Conversations.Where(c => conversations.Contains(c.Id))
            .Select(c => new NotifiedConversation(c.Id, c.Tenant, c.Kind, c.Title,
                c.LastShownSequence == 0 ? c.LastSequence : c.LastShownSequence))
            .ToDictionaryAsync(c => c.Id, ct), ct);

    /// <summary>Participants who have not read the conversation to its end, have not muted it and are not deactivated,
    /// nor their tenant suspended, with their read positions. None for public conversations: a read position there is
    /// not a subscription.</summary>
    public Task<List<UnreadParticipant>> FindUnreadAsync(
        IReadOnlyCollection<ConversationId> conversations, CancellationToken ct) => database.RunAsync(
        db => db.Participants
            .Where(p => conversations.Contains(p.ConversationId) && p.Role != ParticipantRole.Blocked && !p.IsMuted
                && !db.Users.Any(u => u.Tenant == p.Tenant && u.UserId == p.UserId && u.DeactivatedAt != null)
                && !db.Tenants.Any(t => t.Name == p.Tenant && t.SuspendedAt != null))
            .Join(db.Conversations, p => p.ConversationId, c => c.Id,
                (p, c) => new { Participant = p, c.Kind, c.LastSequence })
            .Where(both => both.Kind != ConversationKind.Public
                && both.Participant.LastReadSequence < both.LastSequence)
            .OrderBy(both => both.Participant.UserId)
            .Select(both => new UnreadParticipant(
                both.Participant.ConversationId, new UserKey(both.Participant.Tenant, both.Participant.UserId),
                    both.Participant.LastReadSequence, both.Participant.UnreadFrom))
            .ToListAsync(ct), ct);

    /// <summary>Those of these conversations of which anybody is told: they are not public.</summary>
    public Task<HashSet<ConversationId>> FindToldAsync(
        IReadOnlyCollection<ConversationId> conversations, CancellationToken ct) => database.RunAsync(
        db => db.Conversations.Where(c => conversations.Contains(c.Id) && c.Kind != ConversationKind.Public)
            .Select(c => c.Id).ToHashSetAsync(ct), ct);

    /// <summary>Whether there is a task with one of these unique keys, also one that is done and kept.</summary>
    public Task<bool> HasTaskAsync(IReadOnlyCollection<string> keys, CancellationToken ct) => database.RunAsync(
        db => db.Set<TaskRow>().AnyAsync(t => keys.Contains(t.UniqueKey), ct), ct);
}
