using Chat.Contracts.Identifiers;
using Chat.Server.Callers;
using Chat.Server.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Chat.Server.Lists;

/// <summary>Database queries for lists of conversations, for many users at once. Failures are
/// <see cref="StoreException"/>.</summary>
internal sealed class ListStore(ChatDatabase database)
{
    /// <summary>The conversations with their newest entries, as for a user who has read nothing.</summary>
    public Task<Dictionary<ConversationId, ListHead>> ReadHeadsAsync(
        IReadOnlyCollection<ConversationId> conversations, CancellationToken ct) => database.RunAsync(
        async db =>
        {
            var found =
                from c in db.Conversations.AsNoTracking()
                where conversations.Contains(c.Id)
                join m in db.Messages on new { c.Id, Sequence = c.LastSequence } equals new { Id = m.ConversationId,
                    m.Sequence } into last
                from m in last.DefaultIfEmpty()
                select new { Conversation = c, Last = m };
            var heads = new Dictionary<ConversationId, ListHead>();
            // One after the other: only the preview of a long entry is kept.
            await foreach (var one in found.AsAsyncEnumerable().WithCancellation(ct))
                heads[one.Conversation.Id] = new ListHead(one.Conversation.Tenant,
                    ConversationStore.Summarize(one.Conversation, lastRead: 0, one.Last?.ToEntry()));
            return heads;
        }, ct);

    /// <summary>A page of who takes part in these conversations and is not blocked, in a fixed order.</summary>
    /// <param name="conversations">Which.</param>
    /// <param name="users">Only these; null: all.</param>
    /// <param name="skip">How many to leave out.</param>
    /// <param name="most">How many at most.</param>
    /// <param name="ct">Cancels waiting.</param>
    public Task<List<ListMember>> ReadMembersAsync(
        IReadOnlyCollection<ConversationId> conversations, IReadOnlyCollection<UserId>? users, int skip, int most,
        CancellationToken ct) => database.RunAsync(
        db =>
        {
            var members = db.Participants.AsNoTracking()
                .Where(p => conversations.Contains(p.ConversationId) && p.Role != ParticipantRole.Blocked);
            if (users is not null) members = members.Where(p => users.Contains(p.UserId));
            return members.OrderBy(p => p.ConversationId).ThenBy(p => p.UserId).Skip(skip).Take(most)
                .Select(p => new ListMember(
                    p.ConversationId, new UserKey(p.Tenant, p.UserId), p.LastReadSequence, p.IsMuted))
                .ToListAsync(ct);
        }, ct);
}
