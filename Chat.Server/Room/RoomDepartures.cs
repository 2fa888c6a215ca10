using Chat.Contracts.Identifiers;
using Chat.Server.FanOut.Backplane;

namespace Chat.Server.Room;

/// <summary>Announces departures from the REST room to every instance, so that none keeps the client cached.</summary>
/// <remarks>If an announcement is lost, the departure takes effect there after <see cref="RoomOptions.RecheckSeconds"/>
/// at the latest.</remarks>
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

    // Missed departures are found by the next comparison.
    void IBackplaneTopic.Recover() { }
}
