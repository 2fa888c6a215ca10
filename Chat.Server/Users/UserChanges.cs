using Chat.Server.Callers;
using Chat.Server.FanOut.Backplane;

namespace Chat.Server.Users;

/// <summary>Which users have another name.</summary>
/// <remarks>Hints: the name is in the database. What finds no room is seen when it is asked for again.</remarks>
internal sealed class UserChanges(BackplaneExchange exchange) : IBackplaneTopic
{
    private const int Capacity = 16_384;

    private const byte Version = 1;

    public MessageKind Kind => MessageKind.Users;

    public WaitingChanges<UserKey> Waiting { get; } = new(Capacity);

    /// <summary>The user has another name since now, which is stored. The other instances are told.</summary>
    public void Note(UserKey user)
    {
        Waiting.Add(user);
        if (!exchange.HasPeers) return;
        var writer = WireWriter.Start();
        writer.WriteByte(Version);
        writer.WriteText(user.ToWire());
        exchange.Publish(BackplaneChannel.Everyone, writer.ToArray(), Kind, isKept: true);
    }

    void IBackplaneTopic.Receive(BackplaneChannel channel, ReadOnlyMemory<byte> message)
    {
        var reader = new WireReader(message.Span);
        if (reader.ReadByte() is not Version and var version)
            throw new InvalidDataException($"version {version} of user changes is not known here");
        Waiting.Add(UserKey.OfWire(reader.ReadText() ?? ""));
    }

    // What was lost is sent again.
    void IBackplaneTopic.Recover() { }
}
