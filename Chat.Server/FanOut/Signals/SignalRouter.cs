using Chat.Contracts.Identifiers;
using Chat.Server.FanOut.Backplane;

namespace Chat.Server.FanOut.Signals;

/// <summary>Passes signals to the readers of their conversation. A signal without conversation is sent with
/// <see cref="ClientWriter.Post(Signal)"/>.</summary>
internal sealed class SignalRouter(FeedRegistry feeds, TypingTracker typing, BackplaneExchange exchange)
{
    /// <summary>To the readers on this instance that want such signals. Never waits for one of them, and writes nothing
    /// on the caller's thread.</summary>
    public void Deliver(Signal signal)
    {
        if (signal is TypingSignal report && !typing.Note(report)) return;
        feeds.Find(ConversationOf(signal))?.Deliver(signal);
    }

    /// <summary>To the readers on this instance and, over the backplane, on all others.</summary>
    public void Broadcast(Signal signal)
    {
        Deliver(signal);
        if (exchange.HasPeers)
            exchange.Publish(BackplaneChannel.Of(ConversationOf(signal)), SignalCodec.Encode(signal),
                MessageKind.Signal);
    }

    private static ConversationId ConversationOf(Signal signal) =>
        signal.Conversation
        ?? throw new ArgumentException(
            "a signal without conversation has no readers to be found; post it to those it is for", nameof(signal));
}
