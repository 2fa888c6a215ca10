using Chat.Server.Callers;
using Chat.Server.FanOut.Backplane;

namespace Chat.Server.Revocations;

/// <summary>Tells the other instances that there is something to read. What is lost they read a moment later.</summary>
internal sealed class RevocationHints(BackplaneExchange exchange, Admission admission) : IBackplaneTopic
{
    public MessageKind Kind => MessageKind.Revocations;

    public void Publish()
    {
        admission.Want();
        if (exchange.HasPeers) exchange.Publish(BackplaneChannel.Everyone, WireWriter.Start().ToArray(), Kind);
    }

    void IBackplaneTopic.Receive(BackplaneChannel channel, ReadOnlyMemory<byte> message) => admission.Want();

    void IBackplaneTopic.Recover() => admission.Want();
}
