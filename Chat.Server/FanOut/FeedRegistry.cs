using System.Collections.Concurrent;
using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Server.Concurrency;
using Chat.Server.FanOut.Backplane;
using Chat.Server.Persistence;

namespace Chat.Server.FanOut;

/// <summary>The feeds of this instance: one per conversation, while it has readers and a little longer.</summary>
internal sealed class FeedRegistry(FeedContext context, IMessageStore store, BackplaneExchange exchange)
    : IEntryCache
{
    private const int HeadsPerQuery = 500;

    /// <summary>A feed stays longer without readers than what it keeps for them.</summary>
    private static readonly TimeSpan EmptyAfter = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<ConversationId, Lazy<Task<Feed?>>> _feeds = new();
    private readonly Gathered<ConversationId, Dictionary<ConversationId, LogHead>> _heads =
        new(conversations => store.ReadHeadsAsync(conversations, context.Stopping), HeadsPerQuery, context.Time);

    public int Count => _feeds.Count;

    /// <summary>Those feeds whose end of the log is known.</summary>
    public IEnumerable<Feed> Started => _feeds.Values.Select(StartedOrNull).OfType<Feed>();

    /// <summary>Attaches a listener to the conversation's feed, which is made when there is none.</summary>
    /// <returns>The feed and its head at that moment, after which everything wakes the listener; null when there is no
    /// such conversation.</returns>
    /// <exception cref="StoreException">The log's end could not be read.</exception>
    public async ValueTask<(Feed Feed, long Head)?> AttachAsync(
        ConversationId conversation, Func<Feed, FeedListener> listener)
    {
        while (true)
        {
            if (await GetAsync(conversation) is not { } feed) return null;
            if (feed.TryAttach(listener(feed)) is { } head) return (feed, head);
            Forget(conversation, feed);
        }
    }

    /// <summary>The conversation's newest sequence; the database is asked when the feed is not known to be as far as
    /// <paramref name="atLeast"/>.</summary>
    /// <remarks>Another instance may have shown a client an entry that this one does not know yet.</remarks>
    /// <exception cref="StoreException">The database cannot be asked.</exception>
    public async ValueTask<long> ReadHeadAsync(Feed feed, long atLeast)
    {
        if (feed.Head >= atLeast || await ReadHeadAsync(feed.Conversation) is not { } head) return feed.Head;
        feed.Observe(head);
        return Math.Max(head.Last, feed.Head);
    }

    /// <summary>The feed, if the conversation has readers on this instance.</summary>
    public Feed? Find(ConversationId conversation) =>
        _feeds.TryGetValue(conversation, out var lazy) ? StartedOrNull(lazy) : null;

    /// <summary>Passes on committed entries, those of one conversation in ascending order. Conversations without
    /// readers here are skipped.</summary>
    /// <exception cref="AggregateException">Some could not be passed on, and will be read from the log; all others
    /// were.</exception>
    public void Publish(List<ConversationEntry> entries)
    {
        var advanced = new List<Feed>(entries.Count);
        List<Exception>? failures = null;
        foreach (var entry in entries)
        {
            try
            {
                if (Accept(entry) is { } feed) advanced.Add(feed);
            }
            catch (Exception e)
            {
                (failures ??= []).Add(e);
                if (Find(entry.ConversationId) is not { } feed) continue;
                feed.Arrivals.Observe(entry.Sequence); // its readers get it from the log
                advanced.Add(feed);
            }
        }
        // After all were accepted, so that a round shows a conversation's whole batch. Announcing a feed twice is once.
        Feed? last = null;
        foreach (var feed in advanced)
        {
            if (feed != last) feed.Announce();
            last = feed;
        }
        if (failures is not null) throw new AggregateException(failures);
    }

    public void Forget(IEnumerable<KeyValuePair<ConversationId, long>> upTo)
    {
        foreach (var (conversation, sequence) in upTo) Find(conversation)?.Forget(sequence);
    }

    /// <summary>Closes feeds without readers after a while, and drops unused catch-up pages.</summary>
    public void EvictIdle()
    {
        context.Log.DropUnused();
        var idle = TimeSpan.FromSeconds(context.Options.FeedIdleSeconds);
        foreach (var feed in Started.Where(feed => feed.Listeners == 0))
            if (feed.TryEvict(idle)) Close(feed);
            else feed.EmptyWhenIdle(EmptyAfter);
    }

    private void Close(Feed feed)
    {
        Forget(feed.Conversation, feed);
        context.Memory.Remove(feed);
        context.Metrics.FeedClosed();
        exchange.Unsubscribe(BackplaneChannel.Of(feed.Conversation));
        // A new feed of the conversation may have been made meanwhile: it needs the channel.
        if (_feeds.ContainsKey(feed.Conversation)) _ = exchange.Subscribe(BackplaneChannel.Of(feed.Conversation));
    }

    /// <returns>The feed, when it moved on.</returns>
    private Feed? Accept(ConversationEntry entry)
    {
        if (!_feeds.TryGetValue(entry.ConversationId, out var lazy))
        {
            context.Typing.EndBy(entry); // its sender may begin again at once
            return null;
        }
        if (StartedOrNull(lazy) is { } feed) return feed.Arrivals.Accept(entry) ? feed : null;
        // its start is being read, and may have been read before this was stored
        AcceptLater(lazy, entry);
        return null;
    }

    // A method of its own: the closure must not be made for every entry.
    private void AcceptLater(Lazy<Task<Feed?>> starting, ConversationEntry entry) =>
        context.Run(() => AcceptLaterAsync(starting, entry));

    private static async Task AcceptLaterAsync(Lazy<Task<Feed?>> starting, ConversationEntry entry)
    {
        if (await starting.Value is { } feed && feed.Arrivals.Accept(entry)) feed.Announce();
    }

    private static Feed? StartedOrNull(Lazy<Task<Feed?>> lazy) =>
        lazy is { IsValueCreated: true, Value.IsCompletedSuccessfully: true } ? lazy.Value.Result : null;

    private async ValueTask<Feed?> GetAsync(ConversationId conversation)
    {
        var lazy = _feeds.GetOrAdd(conversation, static (id, self) => new Lazy<Task<Feed?>>(() => self.StartAsync(id)),
            this);
        try
        {
            var feed = await lazy.Value;
            if (feed is null) _feeds.TryRemove(KeyValuePair.Create(conversation, lazy)); // it may be made later
            return feed;
        }
        catch
        {
            _feeds.TryRemove(KeyValuePair.Create(conversation, lazy)); // the next one tries again
            throw;
        }
    }

    private async Task<Feed?> StartAsync(ConversationId conversation)
    {
        // No token: several joins may wait for this one start.
        var subscribed = exchange.Subscribe(BackplaneChannel.Of(conversation));
        if (await ReadHeadAsync(conversation) is not { } head)
        {
            exchange.Unsubscribe(BackplaneChannel.Of(conversation));
            return null;
        }
        context.Metrics.FeedOpened();
        var feed = new Feed(conversation, head, context);
        context.Memory.Add(feed);
        if (!subscribed.IsCompleted) context.Run(() => CatchUpAsync(feed, subscribed));
        return feed;
    }

    /// <summary>Entries that other instances stored between the read of the head and the subscription were not
    /// announced here.</summary>
    private async Task CatchUpAsync(Feed feed, Task subscribed)
    {
        await subscribed;
        try
        {
            if (await ReadHeadAsync(feed.Conversation) is { } head) feed.Observe(head);
        }
        catch (StoreException)
        {
            // NOTE: the next head check will do.
        }
    }

    private async Task<LogHead?> ReadHeadAsync(ConversationId conversation) =>
        (await _heads.AskAsync(conversation, context.Stopping)).TryGetValue(conversation, out var head)
            ? head
            : null;

    private void Forget(ConversationId conversation, Feed feed)
    {
        if (_feeds.TryGetValue(conversation, out var lazy) && StartedOrNull(lazy) == feed)
            _feeds.TryRemove(KeyValuePair.Create(conversation, lazy));
    }
}
