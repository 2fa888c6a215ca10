using Chat.Contracts.Identifiers;
using Chat.Server.Callers;
using Chat.Server.Presence;

namespace Chat.Server.Notifications;

/// <summary>Determines the recipients of new messages.</summary>
internal sealed class NoticeMaker(NotificationStore store, PresenceBoard board)
{
    /// <param name="pages">The new messages, one page per conversation.</param> <param name="about">The conversations
    /// that exist.</param>
    /// <param name="ct">Cancels waiting.</param>
    /// <returns>The notices of each page that has some.</returns>
    public async Task<ILookup<ConversationId, UnreadNotice>> MakeAsync(
        IReadOnlyList<NewsPage> pages, IReadOnlyDictionary<ConversationId, NotifiedConversation> about,
        CancellationToken ct)
    {
        List<NewsPage> told =
            [.. pages.Where(page => page.Messages.Count > 0 && about.ContainsKey(page.Conversation))];
        var unread = (await store.FindUnreadAsync([.. told.Select(page => page.Conversation)], ct))
            .ToLookup(participant => participant.Conversation);
        return told.SelectMany(page => Make(page, about[page.Conversation], unread[page.Conversation]))
            .ToLookup(notice => new ConversationId(notice.ConversationId));
    }

    private IEnumerable<UnreadNotice> Make(
        NewsPage page, NotifiedConversation about, IEnumerable<UnreadParticipant> participants)
    {
        var last = page.Messages[^1].Sequence;
        var unread = participants.Where(participant => participant.LastRead < last).ToList();
        var online = board.OnlineAmong(unread.Select(participant => participant.User));
        // Users with only own messages get no notice.
        return unread.Where(participant =>
                !online.Contains(participant.User) && page.IsNewsTo(participant.User.Id, participant.LastRead))
            .Chunk(UnreadNotice.MaxRecipients)
            .Select((some, i) => new UnreadNotice(
                $"{page.Conversation.Value:N}-{page.First}-{page.Last}-{i}", page.Conversation.Value,
                about.Kind.ToString().ToLowerInvariant(), about.Title,
                [.. some.Select(participant =>
                    new NoticeRecipient(participant.User.Id.Value, last - participant.LastRead))],
                page.Shown, page.Messages.Count)
            {
                Tenant = about.Tenant == Tenant.Default ? null : about.Tenant.Name,
            });
    }
}
