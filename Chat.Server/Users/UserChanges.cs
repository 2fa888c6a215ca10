using Chat.Server.Callers;
using Chat.Server.FanOut.Backplane;

namespace Chat.Server.Users;

/// <summary>Which users have another name, on this instance and on others, until somebody looks: each once.</summary>
/// <remarks>Hints: the name is in the database. At most <see cref="Capacity"/> are noted; what finds no room is seen
/// when it is asked for again.</remarks>
internal sealed class UserChanges(BackplaneExchange exchange) : IBackplaneTopic
{
    public const int Capacity = 16_384;

    private const byte Version = 1;

    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _changed = new(0, 1);
    private HashSet<UserKey> _waiting = [];

    public MessageKind Kind => MessageKind.Users;

    /// <summary>The user has another name since now, which is stored. The other instances are told.</summary>
    public void Note(UserKey user)
    {
        Add(user);
        if (!exchange.HasPeers) return;
        var writer = WireWriter.Start();
        writer.WriteByte(Version);
        writer.WriteText(user.ToWire());
        exchange.Publish(BackplaneChannel.Everyone, writer.ToArray(), Kind);
    }

    /// <summary>Ends when there is something to take. For one caller at a time.</summary>
    public Task WaitAsync(CancellationToken ct) => _changed.WaitAsync(ct);

    public IReadOnlyCollection<UserKey> Take()
    {
        lock (_gate)
        {
            var taken = _waiting;
            _waiting = [];
            return taken;
        }
    }

    /// <summary>Notes again what could not be looked at.</summary>
    public void PutBack(IEnumerable<UserKey> users)
    {
        foreach (var user in users) Add(user);
    }

    void IBackplaneTopic.Receive(BackplaneChannel channel, ReadOnlyMemory<byte> message)
    {
        var reader = new WireReader(message.Span);
        if (reader.ReadByte() is not Version and var version)
            throw new InvalidDataException($"version {version} of user changes is not known here");
        Add(UserKey.OfWire(reader.ReadText() ?? ""));
    }

    // What was lost shows when the client asks anew.
    void IBackplaneTopic.Recover() { }

    private void Add(UserKey user)
    {
        lock (_gate)
        {
            if (_waiting.Count < Capacity) _waiting.Add(user);
            if (_changed.CurrentCount == 0) _changed.Release();
        }
    }
}
