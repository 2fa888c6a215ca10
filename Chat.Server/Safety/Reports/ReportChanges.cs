using Chat.Contracts.Identifiers;
using Chat.Server.Callers;
using Chat.Server.Concurrency;
using Chat.Server.FanOut.Backplane;

namespace Chat.Server.Safety.Reports;

/// <summary>Where the open reports have changed, on this instance and on others, until somebody looks: each
/// once.</summary>
/// <remarks>Hints: the reports are in the database. At most <see cref="Capacity"/> are noted; what finds no room is
/// seen when it is asked for again.</remarks>
internal sealed class ReportChanges(BackplaneExchange exchange) : IBackplaneTopic
{
    public const int Capacity = 4_096;

    private const byte Version = 1;

    private readonly Lock _gate = new();
    private readonly WakeOnce _changed = new();
    private HashSet<ReportChange> _waiting = [];

    public MessageKind Kind => MessageKind.Reports;

    /// <summary>It is stored. The other instances are told.</summary>
    public void Note(ReportChange change)
    {
        Add(change);
        if (!exchange.HasPeers) return;
        var writer = WireWriter.Start();
        writer.WriteByte(Version);
        writer.WriteGuid(change.Conversation.Value);
        writer.WriteText(change.About.ToWire());
        exchange.Publish(BackplaneChannel.Everyone, writer.ToArray(), Kind);
    }

    /// <summary>Ends when there is something to take. For one caller at a time.</summary>
    public Task WaitAsync(CancellationToken ct) => _changed.WaitAsync(ct);

    public IReadOnlyCollection<ReportChange> Take()
    {
        lock (_gate)
        {
            var taken = _waiting;
            _waiting = [];
            return taken;
        }
    }

    /// <summary>Notes again what could not be looked at.</summary>
    public void PutBack(IEnumerable<ReportChange> some)
    {
        foreach (var change in some) Add(change);
    }

    void IBackplaneTopic.Receive(BackplaneChannel channel, ReadOnlyMemory<byte> message)
    {
        var reader = new WireReader(message.Span);
        if (reader.ReadByte() is not Version and var version)
            throw new InvalidDataException($"version {version} of reports is not known here");
        var conversation = new ConversationId(reader.ReadGuid());
        Add(new ReportChange(conversation, UserKey.OfWire(reader.ReadText() ?? "")));
    }

    // What was lost shows when the client asks anew.
    void IBackplaneTopic.Recover() { }

    private void Add(ReportChange change)
    {
        lock (_gate)
            if (_waiting.Count < Capacity) _waiting.Add(change);
        _changed.Set();
    }
}
