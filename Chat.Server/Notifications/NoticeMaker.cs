using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;
using Chat.Server.Callers;
using Chat.Server.Persistence;
using Chat.Server.Persistence.Entries;
using Chat.Server.Presence;

namespace Chat.Server.Notifications;

/// <summary>Determines the recipients of new messages.</summary>
internal sealed class NoticeMaker(NotificationStore store, UnreadCounts counts, PresenceBoard board)
{
    /// <param name="pages">The new messages, one page per conversation.</param>
    /// <param name="about">The conversations that exist.</param>
    /// <param name="ct">Cancels waiting.</param>
    /// <returns>The notices of each page that has some.</returns>
    public async Task<ILookup<ConversationId, UnreadNotice>> MakeAsync(
        IReadOnlyList<NewsPage> pages, IReadOnlyDictionary<ConversationId, NotifiedConversation> about,
        CancellationToken ct)
    {
        List<NewsPage> told =
            [.. pages.Where(page => page.Messages.Count > 0 && about.ContainsKey(page.Conversation))];
        var participants = (await store.FindUnreadAsync([.. told.Select(page => page.Conversation)], ct))
            .ToLookup(participant => participant.Conversation);
        var wanted = told.SelectMany(page => RecipientsOf(page, participants[page.Conversation])
            .Select(participant => (Page: page, Participant: participant))).ToList();
        var unread = await counts.CountAsync([.. wanted.Select(one =>
            PlaceOf(one.Participant, about[one.Page.Conversation]))], ct);
        return wanted.Zip(unread).GroupBy(one => one.First.Page, one => RecipientOf(one.First.Participant, one.Second))
            .SelectMany(page => Make(page.Key, about[page.Key.Conversation], page))
            .ToLookup(notice => new ConversationId(notice.ConversationId));
    }

    /// <summary>Users with only own messages get no notice.</summary>
    private IEnumerable<UnreadParticipant> RecipientsOf(NewsPage page, IEnumerable<UnreadParticipant> participants)
    {
        var last = page.Messages[^1].Sequence;
        var unread = participants.Where(participant => participant.LastRead < last).ToList();
        var online = board.OnlineAmong(unread.Select(participant => participant.User));
        return unread.Where(participant => !online.Contains(participant.User)
            && page.IsNewsTo(participant.User.Id, participant.LastRead));
    }

    private static UnreadPlace PlaceOf(UnreadParticipant participant, NotifiedConversation about) =>
        new(participant.Conversation, participant.User.Id,
            UnreadCounts.PositionOf(participant.LastRead, participant.UnreadFrom), about.LastShown);

    private static NoticeRecipient RecipientOf(UnreadParticipant participant, Unread unread) =>
        new(participant.User.Id.Value, unread.Count, unread.More);

    private static IEnumerable<UnreadNotice> Make(
        NewsPage page, NotifiedConversation about, IEnumerable<NoticeRecipient> recipients) =>
        recipients.Chunk(UnreadNotice.MaxRecipients).Select((some, i) => new UnreadNotice(
            $"{page.Conversation.Value:N}-{page.First}-{page.Last}-{i}", page.Conversation.Value,
            about.Kind.ToString().ToLowerInvariant(), about.Title, some, page.Shown, page.Messages.Count)
        {
            Tenant = about.Tenant == Tenant.Default ? null : about.Tenant.Name,
        });
}
