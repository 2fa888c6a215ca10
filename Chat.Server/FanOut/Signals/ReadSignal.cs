using Chat.Contracts.Identifiers;

namespace Chat.Server.FanOut.Signals;

/// <summary>A user has read up to a sequence.</summary>
internal sealed record ReadSignal(ConversationId Where, UserId User, long Sequence) : Signal(Where, User)
{
    public override SignalKind Kind => SignalKind.Read;

    // It never goes back, also when two instances' signals overtake each other.
    public override bool Supersedes(Signal earlier) => earlier is ReadSignal read && Sequence >= read.Sequence;
}
