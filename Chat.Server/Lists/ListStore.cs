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

    /// <summary>Some of those who take part in these conversations and are not blocked: of one conversation in the
    /// order of their ids, of several in none, for the database would sort all that there are for each page.</summary>
    /// <param name="conversations">Which.</param>
    /// <param name="users">Only these; null: all.</param>
    /// <param name="after">Only users after this one.</param>
    /// <param name="most">How many at most.</param>
    /// <param name="ct">Cancels waiting.</param>
    public Task<List<ListMember>> ReadMembersAsync(
        IReadOnlyCollection<ConversationId> conversations, IReadOnlyCollection<UserId>? users, UserId? after, int most,
        CancellationToken ct) => database.RunAsync(
        db =>
        {
            var members = db.Participants.AsNoTracking().Where(p => p.Role != ParticipantRole.Blocked);
            if (users is not null) members = members.Where(p => users.Contains(p.UserId));
            if (after is { } last) members = members.Where(p => p.UserId.CompareTo(last) > 0);
            if (conversations.Count == 1)
            {
                var conversation = conversations.First();
                members = members.Where(p => p.ConversationId == conversation).OrderBy(p => p.UserId);
            }
            else members = members.Where(p => conversations.Contains(p.ConversationId));
            return members.Take(most).Select(p => new ListMember(
                    p.ConversationId, new UserKey(p.Tenant, p.UserId), p.LastReadSequence, p.UnreadFrom,
                    p.IsMuted))
                .ToListAsync(ct);
        }, ct);
}
