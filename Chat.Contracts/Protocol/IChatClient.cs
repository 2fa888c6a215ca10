using Chat.Contracts.Entries;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;

namespace Chat.Contracts.Protocol;

/// <summary>What the hub calls on a client.</summary>
/// <remarks>Every entry of each joined conversation comes once and in order: messages as
/// <see cref="MessageReceived"/>, all others as <see cref="EntryReceived"/>. The sequences of both together have no
/// hole, and the last one seen is where to resume.</remarks>
public interface IChatClient
{
    /// <summary>A message, the client's own included.</summary>
    Task MessageReceived(MessageEntry message);

    /// <summary>An entry that is not a message.</summary>
    Task EntryReceived(ConversationEntry entry);

    /// <summary>The connection no longer sees the conversation, because its user was removed. The entry of that
    /// removal came before.</summary>
    Task ConversationClosed(ConversationId conversationId);

    /// <summary>Another user started or stopped typing in a joined conversation. This is not an entry: it may be
    /// lost, and it is not ordered with entries.</summary>
    Task TypingChanged(TypingChange change);

    /// <summary>A participant of a joined conversation, perhaps the caller on another device, has read on. It may be
    /// lost; a later one replaces it.</summary>
    Task ReadPositionChanged(ReadPosition position);

    /// <summary>The caller has other reactions to a message, set on another device.</summary>
    /// <remarks>Told to the caller's connections that have joined the conversation, where no entry names the change
    /// (<see cref="ReactionsChangedEntry.Changes"/>). It may be lost: <c>mine</c> of a page is right again.</remarks>
    Task OwnReactionsChanged(OwnReactions reactions);

    /// <summary>A user whom this connection watches (<see cref="IChatHub.GetPresence"/>) came online or went
    /// offline.</summary>
    Task PresenceChanged(PresenceChange change);

    /// <summary>A conversation of the user's is new, or its newest entry, unread count, title or mute
    /// changed.</summary>
    /// <remarks>Sent to connections that have called <see cref="IChatHub.Conversations"/>, at most once per second
    /// and conversation, with the newest state. Not sent for what a connection already sees because it has joined the
    /// conversation. It may be lost: list again after a reconnect.</remarks>
    Task ConversationChanged(ConversationSummary summary);

    /// <summary>The user is no longer a participant of the conversation. Sent to the same connections, joined or
    /// not.</summary>
    Task ConversationRemoved(ConversationId conversationId);

    /// <summary>A user who shares a group or direct conversation with this one has another name.</summary>
    /// <remarks>The user itself is one of them. Told to connections that have called <see cref="IChatHub.Users"/>. It
    /// may be lost; after a reconnect ask again.</remarks>
    Task UserChanged(UserProfile user);

    /// <summary>There is another open report that the user may see, or one less.</summary>
    /// <remarks>Told to connections that have called <see cref="IChatHub.Reports"/>. It may be lost; after a reconnect
    /// ask again.</remarks>
    Task ReportsChanged(ReportsChange change);

    /// <summary>The log was put back to an earlier state: the joined conversation goes on after this
    /// sequence.</summary>
    /// <remarks>The entries that follow may have sequences that were seen before.</remarks>
    Task GenerationChanged(JoinResult place);

    /// <summary>The server is about to stop: connect again, and resume. A connection that stays is closed.</summary>
    Task ReconnectRequested(ReconnectRequest request);
}
