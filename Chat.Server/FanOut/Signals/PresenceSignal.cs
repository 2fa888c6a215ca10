using Chat.Contracts.Identifiers;

namespace Chat.Server.FanOut.Signals;

/// <summary>A user came online or went offline. Without a conversation it is for those who watch the user as a
/// contact.</summary>
internal sealed record PresenceSignal(
    ConversationId? Conversation, UserId User, bool Online, DateTimeOffset? LastSeenAt) : Signal(Conversation, User)
{
    public override SignalKind Kind => SignalKind.Presence;

    // Offline since nobody knows when: so one is shown who is hidden.
    public override bool TellsOfUser => Online || LastSeenAt is not null;
}
