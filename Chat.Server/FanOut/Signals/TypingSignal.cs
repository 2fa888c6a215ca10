using Chat.Contracts.Identifiers;
using Chat.Server.Callers;

namespace Chat.Server.FanOut.Signals;

/// <summary>Somebody types, or ceased to.</summary>
internal sealed record TypingSignal(ConversationId Where, UserId User, bool IsTyping) : Signal(Where, User)
{
    public override SignalKind Kind => SignalKind.Typing;

    // Who types knows it, on every device.
    public override bool IsFor(UserKey reader) => reader.Id != User;
}
