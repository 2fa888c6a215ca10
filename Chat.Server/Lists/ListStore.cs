using Chat.Contracts.Entries;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;
using Chat.Server.Callers;
using Chat.Server.Persistence;
using Chat.Server.Persistence.Rows;
using Microsoft.EntityFrameworkCore;

namespace Chat.Server.Lists;

/// <summary>Database queries for lists of conversations, for many users at once. Failures are
/// <see cref="StoreException"/>.</summary>
internal sealed class ListStore(ChatDatabase database, UnreadCounts unread)
{
    /// <summary>The conversations with their newest entries, as for a user who has read nothing.</summary>
    public Task<Dictionary<ConversationId, ListHead>> ReadHeadsAsync(
        IReadOnlyCollection<ConversationId> conversations, CancellationToken ct) => database.RunAsync(
        async db =>
        {
            var asked = db.Conversations.Where(c => conversations.Contains(c.Id))
                .Select(c => new OwnRow { Conversation = c });
            var heads = new Dictionary<ConversationId, ListHead>();
            await foreach (var one in ListedRow.Of(db, asked).AsAsyncEnumerable().WithCancellation(ct))
                heads[one.Conversation.Id] = new ListHead(one.Conversation.Tenant, one.Summarize());
            return heads;
        }, ct);

    /// <summary>These conversations as their users list them, with what is unread.</summary>
    public Task<ConversationSummary[]> CountAsync(
        IReadOnlyList<(UserId User, ConversationSummary Summary)> listed, CancellationToken ct) =>
        unread.FillAsync(listed, ct);

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
                    p.ConversationId, new UserKey(p.Tenant, p.UserId), p.LastReadSequence, p.UnreadFrom,
                    p.IsMuted))
                .ToListAsync(ct);
        }, ct);
}
