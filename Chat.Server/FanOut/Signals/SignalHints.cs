using Chat.Server.FanOut.Backplane;

namespace Chat.Server.FanOut.Signals;

/// <summary>Takes the signals of other instances to the readers here.</summary>
internal sealed class SignalHints(SignalRouter router) : IBackplaneTopic
{
    public MessageKind Kind => MessageKind.Signal;

    void IBackplaneTopic.Receive(BackplaneChannel channel, ReadOnlyMemory<byte> message)
    {
        if (SignalCodec.Decode(message.Span) is { } signal) router.Deliver(signal);
    }

    // What was lost is out of date by now: typing expires, and read positions are in the database.
    void IBackplaneTopic.Recover() { }
}
