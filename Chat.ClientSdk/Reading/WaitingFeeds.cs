using System.Collections.Concurrent;
using Chat.ClientSdk.Connection;
using Chat.ClientSdk.Link;
using Chat.Contracts.Commands;
using Chat.Contracts.Identifiers;

namespace Chat.ClientSdk.Reading;

/// <summary>The feeds that found no place: a server lets a connection join so many conversations, and no more. Until
/// one is free they follow the list of conversations, whose changes tell how far each log goes.</summary>
internal sealed class WaitingFeeds
{
    private readonly ConcurrentDictionary<ConversationId, ConversationFeed> _feeds = new();
    private LinkSession? _listed;

    public void Add(ConversationFeed feed) => _feeds[feed.Conversation] = feed;

    public void Remove(ConversationFeed feed) => 
        _feeds.TryRemove(KeyValuePair.Create(feed.Conversation, feed));

    /// <summary>A place is free: one of them tries again.</summary>
    public void PlaceFreed()
    {
        foreach (var (_, feed) in _feeds)
        {
            feed.Check();
            return;
        }
    }

    /// <summary>Not on behalf of the joined ones: those are shown their entries.</summary>
    public void Take(ConversationListChange change)
    {
        if (change.Summary is { } summary && _feeds.TryGetValue(change.ConversationId, out var feed))
            feed.OnSeen(summary.LastSequence); // who was removed is refused at the next look
    }

    /// <summary>Has the server tell of changes in the list, once a session.</summary>
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
