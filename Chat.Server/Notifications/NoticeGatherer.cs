using Chat.Contracts.Identifiers;

namespace Chat.Server.Notifications;

/// <summary>Turns what is new in conversations into notices. The end of their tasks and the notices are one
/// transaction, so each message is told of once. All conversations of a call share it.</summary>
internal sealed class NoticeGatherer(
    NewsReader news, NotificationStore store, NoticeMaker maker, GatherStore tasks, NoticePost post)
{
    /// <summary>Ends when all that is new in these conversations and had time to gather has become notices.</summary>
    /// <exception cref="Persistence.StoreException">Of some nobody was told.</exception>
    public async Task GatherAsync(IReadOnlyList<Gathering> all, CancellationToken ct)
    {
        while (all.Count > 0)
        {
            var found = await news.ReadAsync(all, ct);
            await TellAsync(found, ct);
            all = found.Left;
        }
    }

    private async Task TellAsync(News found, CancellationToken ct)
    {
        await post.PrepareAsync(ct);
        var about = await store.FindAsync([.. found.Pages.Select(page => page.Conversation)], ct);
        var notices = await maker.MakeAsync(found.Pages, about, ct);
        // Another instance has some of them, too, and tells of those.
        if (!await EndAsync(found.Pages, found.Cursors, notices, ct))
            foreach (var page in found.Pages) await EndAsync([page], found.Cursors, notices, ct);
        post.Wake();
    }

    private Task<bool> EndAsync(
        List<NewsPage> pages, IReadOnlyDictionary<ConversationId, long>? cursors,
        ILookup<ConversationId, UnreadNotice> notices, CancellationToken ct) =>
        tasks.TryEndAsync(
            pages, cursors, db => post.Add(db, pages.SelectMany(page => notices[page.Conversation])), ct);
}
