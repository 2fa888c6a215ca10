using System.Runtime.CompilerServices;
using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;

namespace Chat.ClientSdk.Reading;

/// <summary>Readers as streams.</summary>
internal static class EntryStreams
{
    public static async IAsyncEnumerable<IReadOnlyList<ConversationEntry>> BatchesAsync(
        ConversationFeeds feeds, ConversationId conversation, long? after,
        [EnumeratorCancellation] CancellationToken ct)
    {
        using var reader = feeds.Open(conversation, after);
        while (await reader.NextAsync(ct).ConfigureAwait(false) is { } entries) yield return entries;
    }

    public static async IAsyncEnumerable<ConversationEntry> EntriesAsync(
        ConversationFeeds feeds, ConversationId conversation, long? after,
        [EnumeratorCancellation] CancellationToken ct)
    {
        using var reader = feeds.Open(conversation, after);
        while (await reader.NextAsync(ct).ConfigureAwait(false) is { } entries)
            for (var i = 0; i < entries.Count; i++)
            {
                ct.ThrowIfCancellationRequested();
                yield return entries[i];
            }
    }

    /// <summary>An entry's cursor is saved when the consumer asks for the next one: an entry that was in work at a
    /// crash is shown again.</summary>
    public static async IAsyncEnumerable<ConversationEntry> EntriesAsync(
        ConversationFeeds feeds, ConversationId conversation, ICursorStore cursors,
        Func<CancellationToken, ValueTask<string>> owner, long? otherwise,
        [EnumeratorCancellation] CancellationToken ct)
    {
        await cursors.UseAsync(await owner(ct).ConfigureAwait(false), ct).ConfigureAwait(false);
        var saved = await cursors.LoadAsync(conversation, ct).ConfigureAwait(false);
        var generation = saved is null ? null
            : await cursors.LoadGenerationAsync(conversation, ct).ConfigureAwait(false);
        using var reader = feeds.Open(conversation, saved ?? otherwise, generation);
        var start = await reader.StartAsync(ct).ConfigureAwait(false);
        // The start of "from now on" is kept for the next run.
        if (saved != start) await cursors.SaveAsync(conversation, start, ct).ConfigureAwait(false);
        while (await reader.NextAsync(ct).ConfigureAwait(false) is { } entries)
        {
            if (generation != reader.Feed.Generation)
            {
                generation = reader.Feed.Generation;
                await cursors.SaveGenerationAsync(conversation, generation, ct).ConfigureAwait(false);
            }
            for (var i = 0; i < entries.Count; i++)
            {
                ct.ThrowIfCancellationRequested();
                yield return entries[i];
                await cursors.SaveAsync(conversation, entries[i].Sequence, CancellationToken.None)
                    .ConfigureAwait(false);
            }
        }
    }
}
