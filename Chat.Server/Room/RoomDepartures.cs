using Chat.Contracts.Identifiers;
using Chat.Server.FanOut.Backplane;

namespace Chat.Server.Room;

/// <summary>Tells every instance who left the REST room, so that none goes on remembering them.</summary>
/// <remarks>Where this is lost, <see cref="RoomOptions.RecheckSeconds"/> is what a leave may take to hold
/// there.</remarks>
internal sealed class RoomDepartures(RoomClients clients, BackplaneExchange exchange) : IBackplaneTopic
{
    private const byte Version = 1;

    public MessageKind Kind => MessageKind.Room;

    public void Publish(IReadOnlyList<UserId> departed)
    {
        if (departed.Count == 0 || !exchange.HasPeers) return;
        var writer = WireWriter.Start();
        writer.WriteByte(Version);
        writer.WriteCount(departed.Count);
        foreach (var client in departed) writer.WriteText(client.Value);
        exchange.Publish(BackplaneChannel.Everyone, writer.ToArray(), Kind);
    }

    void IBackplaneTopic.Receive(BackplaneChannel channel, ReadOnlyMemory<byte> message)
    {
        var reader = new WireReader(message.Span);
        if (reader.ReadByte() is not Version and var version)
            throw new InvalidDataException($"version {version} of room departures is not known here");
        for (var left = reader.ReadCount(); left > 0; left--) clients.Forget(reader.ReadUser());
    }

    // What was missed shows with the next comparison, which is never far.
    void IBackplaneTopic.Recover() { }
}
