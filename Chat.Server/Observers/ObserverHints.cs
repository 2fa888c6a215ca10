using Chat.Server.FanOut.Backplane;

namespace Chat.Server.Observers;

/// <summary>Tells the other instances that something was committed.</summary>
internal sealed class ObserverHints(ObserverBell bell, BackplaneExchange exchange) : IBackplaneTopic
{
    public MessageKind Kind => MessageKind.Observers;

    /// <summary>False when no other instance can be listening here.</summary>
    public bool HasPeers => exchange.HasPeers;

    public void Publish() => exchange.Publish(BackplaneChannel.Everyone, new byte[1], Kind);

    void IBackplaneTopic.Receive(BackplaneChannel channel, ReadOnlyMemory<byte> message) => bell.Ring();

    void IBackplaneTopic.Recover() => bell.Ring();
}
