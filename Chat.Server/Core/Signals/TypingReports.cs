using Chat.Contracts.Identifiers;
using Chat.Server.FanOut.Signals;

namespace Chat.Server.Core.Signals;

/// <summary>Takes what users say about their typing, and passes on what is news.</summary>
internal sealed class TypingReports(TypingTracker typing, SignalRouter signals)
{
    public void Report(UserId user, ConversationId conversation, bool isTyping)
    {
        var report = new TypingSignal(conversation, user, isTyping);
        if (typing.IsNews(report)) signals.Broadcast(report);
    }
}
