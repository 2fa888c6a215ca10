using Chat.Contracts.Commands;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Protocol;

namespace Chat.ClientSdk.Reading;

/// <summary>Reads a whole list of conversations, page by page.</summary>
internal static class ListPages
{
    /// <summary>Every conversation of the list, including those that move to its beginning meanwhile.</summary>
    /// <param name="read">Reads a page; null: the first.</param>
    public static async Task<IReadOnlyCollection<ConversationSummary>> ReadAllAsync(
        Func<ConversationsQuery?, Task<IReadOnlyList<ConversationSummary>>> read)
    {
        var all = new Dictionary<ConversationId, ConversationSummary>();
        // Conversations that became active while pages were read are now at the beginning. So the beginning is read
        // again, up to the first conversation that has not moved, until that takes one page.
        while (await ReadAsync(all, read).ConfigureAwait(false) > 1)
        {
        }
        return all.Values;
    }

    private static async Task<int> ReadAsync(
        Dictionary<ConversationId, ConversationSummary> all,
        Func<ConversationsQuery?, Task<IReadOnlyList<ConversationSummary>>> read)
    {
        ConversationsQuery? query = null;
        for (var pages = 1; ; pages++)
        {
            var page = await read(query).ConfigureAwait(false);
            var isKnown = false;
            foreach (var summary in page)
            {
                isKnown |= all.TryGetValue(summary.Id, out var before) && before.Cursor == summary.Cursor;
                all[summary.Id] = summary;
            }
            // A server that does not page its list returns no cursor.
            if (isKnown || page.Count < ChatLimits.DefaultListPage || page[^1].Cursor is not { } cursor) return pages;
            query = new ConversationsQuery { Cursor = cursor };
        }
    }
}
