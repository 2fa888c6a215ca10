using Chat.Server.Persistence;
using Chat.Server.Persistence.Entries;
using Chat.Server.Tasks.Store;

namespace Chat.Server.Notifications;

/// <summary>Reads on from the jobs' cursors in the logs, many conversations in one query.</summary>
internal sealed class NewsReader(
    IMessageStore messages, JobCursors cursors, NotificationsOptions options, TimeProvider time)
{
    private const int Entries = 2_000;

    /// <summary>What is new in these conversations, each named once.</summary>
    /// <param name="noted">The conversations.</param>
    /// <param name="atOnce">Nothing is to gather any longer.</param>
    /// <param name="ct">Cancels waiting.</param>
    public async Task<News> ReadAsync(IReadOnlyList<Noted> noted, bool atOnce, CancellationToken ct)
    {
        var found = await cursors.FindAsync([.. noted.Select(one => GatherTask.CursorOf(one.Conversation))], ct);
        var read = await messages.ReadAfterAsync(
            [.. noted.Select(one => new LogPlace(one.Conversation, CursorOf(one) ?? one.After))], Entries, ct);
        var entries = read.Entries.ToLookup(entry => entry.ConversationId);
        var (pages, early, now) = (new List<NewsPage>(), new List<Noted>(), time.GetUtcNow());
        foreach (var one in noted)
        {
            var page = NewsPage.From(one.Conversation, CursorOf(one), [.. entries[one.Conversation]]);
            if (page is null) continue;
            if (!atOnce && page.DueAt(options.Gather) is { } due && due > now) early.Add(one with { Due = due });
            else pages.Add(page);
        }
        return new News(pages, early, read.IsCut ? Behind(noted, read, early) : []);

        long? CursorOf(Noted one) =>
            found.TryGetValue(GatherTask.CursorOf(one.Conversation), out var position) ? position : null;
    }

    /// <summary>The one in which the read ended may have more; those behind it were not looked at.</summary>
    private static List<Noted> Behind(IReadOnlyList<Noted> noted, LogStretches read, List<Noted> early) =>
        [.. noted.SkipWhile(one => one.Conversation != read.Entries[^1].ConversationId)
            .ExceptBy(early.Select(one => one.Conversation), one => one.Conversation)];
}
