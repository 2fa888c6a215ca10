using Chat.Contracts.Entries;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;

namespace Chat.ClientSdk.Connection;

/// <summary>What a server sends without a request: these kinds and no other. It is passed as one object from the
/// connection to its receivers.</summary>
internal abstract record Push
{
    private Push() { }

    /// <summary>The conversation that it is about, or null.</summary>
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

    /// <summary>A user started or stopped typing.</summary>
    public sealed record Typing(TypingChange Change) : Push
    {
        public override ConversationId? Conversation => Change.ConversationId;
    }

    /// <summary>A user has read on.</summary>
    public sealed record ReadOn(ReadPosition Position) : Push
    {
        public override ConversationId? Conversation => Position.ConversationId;
    }

    /// <summary>The user has set reactions on another device.</summary>
    public sealed record OwnReactions(Contracts.Events.OwnReactions Change) : Push
    {
        public override ConversationId? Conversation => Change.ConversationId;
    }

    /// <summary>A user came online or went offline.</summary>
    public sealed record Presence(PresenceChange Change) : Push
    {
        public override ConversationId? Conversation => Change.ConversationId;
    }

    /// <summary>The list of the user's conversations changed.</summary>
    public sealed record Listed(ConversationListChange Change) : Push
    {
        // It concerns the list only, not readers of the conversation.
        public override ConversationId? Conversation => null;
    }

    /// <summary>A user has another name.</summary>
    public sealed record User(UserProfile Profile) : Push
    {
        public override ConversationId? Conversation => null;
    }

    /// <summary>The open reports of a conversation have changed.</summary>
    public sealed record Reports(ReportsChange Change) : Push
    {
        // It concerns moderators, not readers of the conversation.
        public override ConversationId? Conversation => null;
    }

    /// <summary>The server is about to stop and asks to connect again.</summary>
    public sealed record Reconnect(ReconnectRequest Request) : Push
    {
        public override ConversationId? Conversation => null;
    }
}
