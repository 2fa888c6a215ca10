using Chat.Contracts.Entries;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Protocol;

namespace Chat.ClientSdk.Reading;

/// <summary>What the server pushes goes to the feed of its conversation. Nothing here waits: it is the receiving
/// path.</summary>
internal sealed partial class ConversationFeeds : IChatClient
{
    Task IChatClient.MessageReceived(MessageEntry message) => Accept(message);

    Task IChatClient.EntryReceived(ConversationEntry entry) => Accept(entry);

    Task IChatClient.ConversationClosed(ConversationId conversationId)
    {
        // The server has left the conversation on its own: a reader that is opened later joins it, if it may.
        if (_feeds.TryRemove(conversationId, out var feed)) feed.End(failure: null);
        return Task.CompletedTask;
    }

    Task IChatClient.TypingChanged(TypingChange change)
    {
        if (_feeds.TryGetValue(change.ConversationId, out var feed)) feed.OnTyping(change);
        return Task.CompletedTask;
    }

    Task IChatClient.ReadPositionChanged(ReadPosition position)
    {
        if (_feeds.TryGetValue(position.ConversationId, out var feed)) feed.OnReadPosition(position);
        return Task.CompletedTask;
    }

    Task IChatClient.PresenceChanged(PresenceChange change)
    {
        if (change.ConversationId is { } conversation && _feeds.TryGetValue(conversation, out var feed))
            feed.OnPresence(change);
        return Task.CompletedTask;
    }

    Task IChatClient.ReconnectRequested(ReconnectRequest request) => Task.CompletedTask; // the link sees to it

    private Task Accept(ConversationEntry entry)
    {
        if (_feeds.TryGetValue(entry.ConversationId, out var feed)) feed.Accept(entry);
        return Task.CompletedTask;
    }
}
