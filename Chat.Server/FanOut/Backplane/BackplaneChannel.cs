using Chat.Contracts.Identifiers;

namespace Chat.Server.FanOut.Backplane;

/// <summary>Where messages between instances go: the traffic of one conversation, or what concerns every
/// instance.</summary>
internal readonly record struct BackplaneChannel
{
    private BackplaneChannel(ConversationId? conversation) => Conversation = conversation;

    /// <summary>What every instance must know: who is there, whose access changed. Every instance subscribes to
    /// it.</summary>
    public static BackplaneChannel Everyone { get; } = new(null);

    /// <summary>The conversation, or null for <see cref="Everyone"/>.</summary>
    public ConversationId? Conversation { get; }

    public static BackplaneChannel Of(ConversationId conversation) => new(conversation);
}
