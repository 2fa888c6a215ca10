using Chat.Server.Persistence;
using Chat.Server.Persistence.Entries;

namespace Chat.Server.Notifications;

/// <summary>Reads what is new in conversations, many in one query.</summary>
internal sealed class NewsReader(
    IMessageStore messages, OlderInstances older, NotificationsOptions options, TimeProvider time)
{
    private const int Entries = 2_000;

    /// <summary>What is new in these conversations.</summary>
    public async Task<News> ReadAsync(IReadOnlyList<Gathering> all, CancellationToken ct)
    {
        // One that was given up and is run again may be beside the conversation's own.
        var each = all.DistinctBy(one => one.Conversation).ToList();
        var cursors = await older.FindCursorsAsync(each.ConvertAll(one => one.Conversation), ct);
        var places = each.ConvertAll(one => new LogPlace(
            one.Conversation, Math.Max(one.After, cursors?.GetValueOrDefault(one.Conversation) ?? 0)));
        var read = await messages.ReadAfterAsync(places, Entries, ct);
        var entries = read.Entries.ToLookup(entry => entry.ConversationId);
        // What is behind the one in which the read ended was not looked at.
        if (read.IsCut)
            each = each[..(1 + each.FindIndex(one => one.Conversation == read.Entries[^1].ConversationId))];
        var now = time.GetUtcNow();
        var pages = each.Select((one, i) => NewsPage.From(one, places[i].After, [.. entries[one.Conversation]]))
            .Select(page => page.DueAt(options.Gather) is { } due && due > now ? page.Later(due) : page);
        return new News([.. pages], [.. all.Except(each)], cursors);
    }
}
