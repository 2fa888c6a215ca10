using Chat.Contracts.Identifiers;
using Chat.Server.Callers;

namespace Chat.Server.FanOut.Signals;

/// <summary>A user started or stopped typing.</summary>
internal sealed record TypingSignal(ConversationId Where, UserId User, bool IsTyping) : Signal(Where, User)
{
    public override SignalKind Kind => SignalKind.Typing;

    // Not for the typing user's own devices.
    public override bool IsFor(UserKey reader) => reader.Id != User;
}
