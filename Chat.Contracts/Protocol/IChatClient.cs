using Chat.Contracts.Entries;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;

namespace Chat.Contracts.Protocol;

/// <summary>What the hub calls on a client.</summary>
/// <remarks>Of each joined conversation every entry comes once and in order: messages as <see cref="MessageReceived"/>,
/// all others as
/// <see cref="EntryReceived"/>. So the sequences of both together have no hole, and the last one seen is where to
/// resume.</remarks>
public interface IChatClient
{
    /// <summary>A message, the client's own included.</summary>
    Task MessageReceived(MessageEntry message);

    /// <summary>An entry that is not a message.</summary>
    Task EntryReceived(ConversationEntry entry);

    /// <summary>The connection no longer sees the conversation, because its user was removed. The entry that removed it
    /// came before.</summary>
    Task ConversationClosed(ConversationId conversationId);

    /// <summary>Somebody else types in a joined conversation, or ceased to. It is no entry: it may be lost, and comes
    /// in no order with entries.</summary>
    Task TypingChanged(TypingChange change);

    /// <summary>A participant of a joined conversation, perhaps the caller on another device, has read on. It may be
    /// lost; a later one holds all the same.</summary>
    Task ReadPositionChanged(ReadPosition position);

    /// <summary>Somebody came or went, among those this connection asked about with
    /// <see cref="IChatHub.GetPresence"/>.</summary>
    Task PresenceChanged(PresenceChange change);

    /// <summary>A conversation of the user's is new, or its newest entry, unread count, title or mute
    /// changed.</summary>
    /// <remarks>Told to connections that have called <see cref="IChatHub.Conversations"/>, at most once a second a
    /// conversation, the newest state. What a connection sees of a conversation that it has joined is not told again.
    /// It may be lost; after a reconnect list anew.</remarks>
    Task ConversationChanged(ConversationSummary summary);

    /// <summary>The user is no longer a participant of the conversation. Told to the same connections, joined or
    /// not.</summary>
    Task ConversationRemoved(ConversationId conversationId);

    /// <summary>A user who shares a group or direct conversation with this one has another name.</summary>
    /// <remarks>The user itself is one of them. Told to connections that have called <see cref="IChatHub.Users"/>. It
    /// may be lost; after a reconnect ask anew.</remarks>
    Task UserChanged(UserProfile user);

    /// <summary>The log was put back to an earlier state: the joined conversation goes on after this
    /// sequence.</summary>
    /// <remarks>What follows may be at sequences that were seen before.</remarks>
    Task GenerationChanged(JoinResult place);

    /// <summary>The server is about to stop: connect again, and resume. A connection that does not is cut.</summary>
    Task ReconnectRequested(ReconnectRequest request);
}
