using Chat.Contracts.Identifiers;

namespace Chat.Server.FanOut.Signals;

/// <summary>Somebody types, or ceased to.</summary>
internal sealed record TypingSignal(ConversationId Where, UserId User, bool IsTyping) : Signal(Where, User)
{
    public override SignalKind Kind => SignalKind.Typing;

    // Who types knows it, on every device.
    public override bool IsFor(UserId reader) => reader != User;
}
