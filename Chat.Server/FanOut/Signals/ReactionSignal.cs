using Chat.Contracts.Identifiers;
using Chat.Server.Callers;

namespace Chat.Server.FanOut.Signals;

/// <summary>A user has other reactions to a message. It is for the user's own connections.</summary>
/// <param name="Where">Which conversation.</param>
/// <param name="Whose">Whose they are.</param>
/// <param name="Target">The message.</param>
/// <param name="Keys">All of them.</param>
internal sealed record ReactionSignal(
    ConversationId Where, UserKey Whose, long Target, IReadOnlyList<string> Keys) : Signal(Where, Whose.Id)
{
    public override SignalKind Kind => SignalKind.Reactions;

    public override SignalKey Key => new(Kind, Where, Whose.Id, Target);

    public override bool IsFor(UserKey reader) => reader == Whose;
}
