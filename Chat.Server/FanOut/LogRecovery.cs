using Chat.Contracts.Identifiers;
using Chat.Server.Persistence;

namespace Chat.Server.FanOut;

/// <summary>Recovers when the log was put back to an earlier state: draws a new generation, moves feeds to the last
/// common entry, and notifies readers.</summary>
internal sealed partial class LogRecovery(
    LogIdentity identity, FeedRegistry feeds, IMessageStore store, ConversationStore conversations,
    ILogger<LogRecovery> logger)
{
    private const int EntriesPerPage = 256;

    private string _told = "";

    /// <summary>Reads deployment and generation, before the feeds are compared.</summary>
    /// <exception cref="StoreException">The database cannot be asked.</exception>
    public Task LookAsync(CancellationToken ct) => identity.CheckAsync(ct);

    /// <summary>One at a time.</summary>
    /// <param name="doubtful">Feeds that may have shown entries that the database no longer has.</param>
    /// <param name="ct">Cancels it; what is not done is done by the next call.</param>
    /// <exception cref="StoreException">The database cannot be asked; what is not done is done by the next
    /// call.</exception>
    public async Task RunAsync(IReadOnlyList<Feed> doubtful, CancellationToken ct)
    {
        var lost = new List<(Feed Feed, FeedEnd Common)>();
        foreach (var feed in doubtful)
            if (await FindCommonAsync(feed, ct) is { } common) lost.Add((feed, common));
        // If another instance has drawn one that is not known here yet, it is the one for this loss.
        if (lost.Count > 0 && !IsNews) await identity.DrawAsync(ct);
        foreach (var (feed, common) in lost)
        {
            Log.FeedRestarts(logger, feed.Conversation.Value, feed.Head, common.Sequence);
            feed.Restart(common, await FindGoneAsync(feed, ct));
        }
        foreach (var feed in doubtful) feed.Observe(await ReadHeadAsync(feed, ct));
        if (IsNews)
            foreach (var feed in feeds.Started.Except(lost.Select(one => one.Feed))) feed.TellGeneration();
        _told = identity.Generation;
    }

    /// <summary>The first known generation is not a change.</summary>
    public bool IsNews => _told.Length > 0 && _told != identity.Generation;

    /// <summary>Goes back through the log until it has an entry that the feed has too.</summary>
    /// <returns>That entry; null when the feed has nothing that the log has not, and is not in doubt any
    /// more.</returns>
    private async Task<FeedEnd?> FindCommonAsync(Feed feed, CancellationToken ct)
    {
        var end = feed.End;
        var head = await ReadHeadAsync(feed, ct);
        var common = new FeedEnd(0, null);
        for (var before = Math.Min(end.Sequence, head.Last) + 1; before > 1;)
        {
            var page = await store.ReadBeforeAsync(feed.Conversation, before, EntriesPerPage, ct);
            if (page.Count == 0) break;
            if (page.FindLast(feed.Knows) is { } known)
            {
                common = new FeedEnd(known.Sequence, known.CreatedAt);
                break;
            }
            before = page[0].Sequence;
        }
        if (common.Sequence < end.Sequence) return common;
        feed.Trust();
        return null;
    }

    private async Task<LogHead> ReadHeadAsync(Feed feed, CancellationToken ct) =>
        (await store.ReadHeadsAsync([feed.Conversation], ct)).GetValueOrDefault(feed.Conversation);

    /// <summary>Readers who may no longer read: users who were added in a lost entry are no longer
    /// participants.</summary>
    /// <remarks>Read after <see cref="LogIdentity.Changed"/> has emptied the caches, so joins meanwhile are checked
    /// against the current database.</remarks>
    private async Task<IReadOnlySet<UserId>> FindGoneAsync(Feed feed, CancellationToken ct)
    {
        var readers = feed.Readers;
        if (readers.Count > 0)
            readers.ExceptWith(await conversations.FindReadersAsync(feed.Conversation, readers, ct));
        return readers;
    }

    private static partial class Log
    {
        [LoggerMessage(3032, LogLevel.Error,
            "Conversation {Conversation} was shown up to {Shown}, but the database has it up to {Common} only")]
        public static partial void FeedRestarts(ILogger logger, Guid conversation, long shown, long common);
    }
}
