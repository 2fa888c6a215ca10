using Chat.Contracts.Identifiers;

namespace Chat.Server.FanOut.Backplane;

/// <summary>The channel of a message between instances: one conversation, or every instance.</summary>
internal readonly record struct BackplaneChannel
{
    private BackplaneChannel(ConversationId? conversation) => Conversation = conversation;

    /// <summary>Messages for every instance: presence, changes of access. Every instance subscribes to it.</summary>
    public static BackplaneChannel Everyone { get; } = new(null);

    /// <summary>The conversation, or null for <see cref="Everyone"/>.</summary>
    public ConversationId? Conversation { get; }

    public static BackplaneChannel Of(ConversationId conversation) => new(conversation);
}
