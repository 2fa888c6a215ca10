using Chat.Contracts.Identifiers;
using Chat.Server.Persistence;
using Chat.Server.Tasks.Store;

namespace Chat.Server.Notifications;

/// <summary>Turns what is new in conversations into notices: the cursors and the notices are one transaction, so each
/// message is told of once. All conversations of a call share it.</summary>
internal sealed class NoticeGatherer(
    NewsReader news, NotificationStore store, NoticeMaker maker, JobCursors cursors, NoticePost post)
{
    /// <summary>Ends when all that is new in these conversations and had time to gather has become notices.</summary>
    /// <param name="noted">The conversations, each once.</param>
    /// <param name="atOnce">Nothing is to gather any longer.</param>
    /// <param name="ct">Cancels waiting.</param>
    /// <returns>Those in which something is to gather for a while yet.</returns>
    /// <exception cref="StoreException">Of some nobody was told.</exception>
    public async Task<List<Noted>> GatherAsync(IReadOnlyList<Noted> noted, bool atOnce, CancellationToken ct)
    {
        var early = new List<Noted>();
        while (noted.Count > 0)
        {
            var found = await news.ReadAsync(noted, atOnce, ct);
            if (found.Pages.Count > 0) await TellAsync(found.Pages, ct);
            early.AddRange(found.Early);
            noted = found.Left;
        }
        return early;
    }

    private async Task TellAsync(List<NewsPage> pages, CancellationToken ct)
    {
        await post.PrepareAsync(ct);
        var about = await store.FindAsync([.. pages.Select(page => page.Conversation)], ct);
        var notices = await maker.MakeAsync(pages, about, ct);
        // Another instance was faster with one conversation, and makes its notices.
        if (!await MoveAsync(pages, notices, ct))
            foreach (var page in pages) await MoveAsync([page], notices, ct);
        post.Wake();
    }

    private Task<bool> MoveAsync(
        IReadOnlyCollection<NewsPage> pages, ILookup<ConversationId, UnreadNotice> notices, CancellationToken ct) =>
        cursors.TryMoveAsync(
            [.. pages.Select(page =>
                new CursorMove(GatherTask.CursorOf(page.Conversation), page.Cursor, page.Last))],
            db => post.Add(db, pages.SelectMany(page => notices[page.Conversation])), ct);
}
