using Chat.Contracts.Identifiers;
using Chat.Server.Callers;

namespace Chat.Server.FanOut.Signals;

/// <summary>A user started or stopped typing.</summary>
internal sealed record TypingSignal(ConversationId Where, UserId User, bool IsTyping) : Signal(Where, User)
{
    public override SignalKind Kind => SignalKind.Typing;

    /// <summary>True: the last that a connection is shown of one who is hidden from it.</summary>
    public bool IsLast { get; init; }

    public override bool TellsOfUser => !IsLast;

    // Not for the typing user's own devices.
    public override bool IsFor(UserKey reader) => reader.Id != User;
}
