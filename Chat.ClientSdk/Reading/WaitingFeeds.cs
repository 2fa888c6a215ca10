using System.Collections.Concurrent;
using Chat.ClientSdk.Connection;
using Chat.ClientSdk.Link;
using Chat.Contracts.Commands;
using Chat.Contracts.Identifiers;

namespace Chat.ClientSdk.Reading;

/// <summary>The feeds that found no place: a server limits the number of conversations that a connection joins. Until a
/// place is free, they follow the list of conversations, whose changes report the head of each log.</summary>
internal sealed class WaitingFeeds
{
    private readonly ConcurrentDictionary<ConversationId, ConversationFeed> _feeds = new();
    private LinkSession? _listed;

    public void Add(ConversationFeed feed) => _feeds[feed.Conversation] = feed;

    public void Remove(ConversationFeed feed) => 
        _feeds.TryRemove(KeyValuePair.Create(feed.Conversation, feed));

    /// <summary>A place is free: one feed tries again.</summary>
    public void PlaceFreed()
    {
        foreach (var (_, feed) in _feeds)
        {
            feed.Check();
            return;
        }
    }

    /// <summary>Not for joined conversations: their entries are pushed.</summary>
    public void Take(ConversationListChange change)
    {
        if (change.Summary is { } summary && _feeds.TryGetValue(change.ConversationId, out var feed))
            feed.OnSeen(summary.LastSequence); // a removed user is refused at the next attempt
    }

    /// <summary>Subscribes to changes of the list, once per session.</summary>
    public async Task ListAsync(LinkSession session)
    {
        if (Interlocked.Exchange(ref _listed, session) == session) return;
        try
        {
            await session.Hub.Conversations(new ConversationsQuery { Limit = 1 }).ConfigureAwait(false);
        }
        catch
        {
            Interlocked.CompareExchange(ref _listed, null, session); // the next one asks again
            throw;
        }
    }
}
