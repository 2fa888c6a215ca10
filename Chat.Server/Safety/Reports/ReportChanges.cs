using Chat.Contracts.Identifiers;
using Chat.Server.Callers;
using Chat.Server.FanOut.Backplane;

namespace Chat.Server.Safety.Reports;

/// <summary>Where the open reports have changed.</summary>
/// <remarks>Hints: the reports are in the database. What finds no room is seen when it is asked for again.</remarks>
internal sealed class ReportChanges(BackplaneExchange exchange) : IBackplaneTopic
{
    private const int Capacity = 4_096;

    private const byte Version = 1;

    public MessageKind Kind => MessageKind.Reports;

    public WaitingChanges<ReportChange> Waiting { get; } = new(Capacity);

    /// <summary>The change is stored. The other instances are told.</summary>
    public void Note(ReportChange change)
    {
        Waiting.Add(change);
        if (!exchange.HasPeers) return;
        var writer = WireWriter.Start();
        writer.WriteByte(Version);
        writer.WriteGuid(change.Conversation.Value);
        writer.WriteText(change.About.ToWire());
        exchange.Publish(BackplaneChannel.Everyone, writer.ToArray(), Kind, isKept: true);
    }

    void IBackplaneTopic.Receive(BackplaneChannel channel, ReadOnlyMemory<byte> message)
    {
        var reader = new WireReader(message.Span);
        if (reader.ReadByte() is not Version and var version)
            throw new InvalidDataException($"version {version} of reports is not known here");
        var conversation = new ConversationId(reader.ReadGuid());
        Waiting.Add(new ReportChange(conversation, UserKey.OfWire(reader.ReadText() ?? "")));
    }

    // What was lost is sent again.
    void IBackplaneTopic.Recover() { }
}
