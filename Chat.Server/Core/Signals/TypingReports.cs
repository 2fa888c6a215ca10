using Chat.Contracts.Identifiers;
using Chat.Server.FanOut.Signals;

namespace Chat.Server.Core.Signals;

/// <summary>Receives the typing reports of users, and passes on changes.</summary>
internal sealed class TypingReports(TypingTracker typing, SignalRouter signals)
{
    public void Report(UserId user, ConversationId conversation, bool isTyping)
    {
        var report = new TypingSignal(conversation, user, isTyping);
        if (typing.IsNews(report)) signals.Broadcast(report);
    }
}
