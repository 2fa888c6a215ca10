using Chat.Server.Callers;

namespace Chat.Server.FanOut.Signals;

/// <summary>A user has another name. It belongs to no conversation: it is posted to those who may know.</summary>
internal sealed record UserSignal(UserKey Whose, string? Name) : Signal(null, Whose.Id)
{
    public override SignalKind Kind => SignalKind.User;

    public override bool IsFor(UserKey reader) => reader.Tenant == Whose.Tenant;
}
