using Chat.Contracts.Entries;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;

namespace Chat.ClientSdk.Connection;

/// <summary>What a server sends without being asked: these kinds, and no other. It goes as one object from the
/// connection to whoever it concerns.</summary>
internal abstract record Push
{
    private Push() { }

    /// <summary>Which conversation it is about; null when it is about none.</summary>
    public abstract ConversationId? Conversation { get; }

    /// <summary>The next entry of a joined conversation.</summary>
    public sealed record Entry(ConversationEntry Value) : Push
    {
        public override ConversationId? Conversation => Value.ConversationId;
    }

    /// <summary>The user was removed: the connection no longer sees the conversation.</summary>
    public sealed record Closed(ConversationId Id) : Push
    {
        public override ConversationId? Conversation => Id;
    }

    /// <summary>The log has another generation.</summary>
    public sealed record Generation(JoinResult Place) : Push
    {
        public override ConversationId? Conversation => Place.ConversationId;
    }

    /// <summary>Somebody begins or ceases to type.</summary>
    public sealed record Typing(TypingChange Change) : Push
    {
        public override ConversationId? Conversation => Change.ConversationId;
    }

    /// <summary>Somebody has read on.</summary>
    public sealed record ReadOn(ReadPosition Position) : Push
    {
        public override ConversationId? Conversation => Position.ConversationId;
    }

    /// <summary>Somebody came or went.</summary>
    public sealed record Presence(PresenceChange Change) : Push
    {
        public override ConversationId? Conversation => Change.ConversationId;
    }

    /// <summary>The list of the user's conversations changed.</summary>
    public sealed record Listed(ConversationListChange Change) : Push
    {
        // It is for who shows the list; whoever reads the conversation learns nothing from it.
        public override ConversationId? Conversation => null;
    }

    /// <summary>A user has another name.</summary>
    public sealed record User(UserProfile Profile) : Push
    {
        public override ConversationId? Conversation => null;
    }

    /// <summary>The server is about to stop and asks to connect again.</summary>
    public sealed record Reconnect(ReconnectRequest Request) : Push
    {
        public override ConversationId? Conversation => null;
    }
}
