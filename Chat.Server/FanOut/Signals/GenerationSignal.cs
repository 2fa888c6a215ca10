using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;

namespace Chat.Server.FanOut.Signals;

/// <summary>The log has another generation, and a reader continues here. It is not a hint: the reader's drain writes it
/// in its place between two blocks of entries.</summary>
internal sealed record GenerationSignal(JoinResult Place, UserId User) : Signal(Place.ConversationId, User)
{
    public override SignalKind Kind => SignalKind.None;
}
