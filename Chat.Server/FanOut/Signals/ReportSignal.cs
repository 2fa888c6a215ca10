using Chat.Contracts.Identifiers;
using Chat.Server.Callers;

namespace Chat.Server.FanOut.Signals;

/// <summary>The open reports of a conversation have changed. It is posted to those who may see them, joined or
/// not.</summary>
/// <param name="Where">Which conversation.</param>
/// <param name="About">Whom a report is about, who is not shown it.</param>
internal sealed record ReportSignal(ConversationId Where, UserKey About) : Signal(Where, About.Id)
{
    public override SignalKind Kind => SignalKind.Report;

    public override bool NeedsJoin => false;

    public override bool IsFor(UserKey reader) => reader.Tenant == About.Tenant && reader != About;
}
