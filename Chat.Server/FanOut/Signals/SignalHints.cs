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

    // Lost signals are out of date: typing expires, and read positions are in the database.
    void IBackplaneTopic.Recover() { }
}
