using Chat.Contracts.Identifiers;
using Chat.Server.Callers;
using Chat.Server.Concurrency;
using Chat.Server.Core.Conversations;
using Chat.Server.FanOut.Backplane;

namespace Chat.Server.Safety.Blocks;

/// <summary>For whom a block has come or gone, on this instance and on others, until somebody looks: each
/// once.</summary>
/// <remarks>Hints: the blocks are in the database, where <see cref="BlockUpkeep"/> looks for changes of all instances
/// from time to time.</remarks>
internal sealed class BlockChanges(AccessCache access, BackplaneExchange exchange) : IBackplaneTopic
{
    /// <summary>So many users are noted; when there are more, the database is asked for all changes.</summary>
    public const int Capacity = 16_384;

    private const byte Version = 1;

    private readonly Lock _gate = new();
    private readonly WakeOnce _changed = new();
    private HashSet<UserKey> _waiting = [];
    private bool _wasMissed;
    private long _count;

    public MessageKind Kind => MessageKind.Blocks;

    /// <summary>Grows with each change: what was read before one may be out of date.</summary>
    public long Count => Interlocked.Read(ref _count);

    /// <summary>A block between the two has come or gone since now, which is stored. The other instances are
    /// told.</summary>
    /// <param name="user">One of the two.</param>
    /// <param name="other">The other, of the same tenant.</param>
    /// <param name="direct">Their direct conversation, if there is one.</param>
    public void Note(UserKey user, UserId other, ConversationId? direct)
    {
        Apply(user, other, direct);
        if (!exchange.HasPeers) return;
        var writer = WireWriter.Start();
        writer.WriteByte(Version);
        writer.WriteText(user.ToWire());
        writer.WriteText(other.Value);
        writer.WriteGuid(direct?.Value ?? default);
        exchange.Publish(BackplaneChannel.Everyone, writer.ToArray(), Kind);
    }

    /// <summary>Asks for these users to be looked at.</summary>
    public void Note(IEnumerable<UserKey> users)
    {
        lock (_gate)
            foreach (var user in users)
                if (!_waiting.Contains(user) && _waiting.Count >= Capacity) _wasMissed = true;
                else _waiting.Add(user);
        _changed.Set();
    }

    /// <summary>Ends when there is something to take, or the time is over. For one caller at a time.</summary>
    public Task WaitAsync(TimeSpan bound, TimeProvider time, CancellationToken ct) =>
        _changed.WaitAsync(bound, time, ct);

    /// <param name="wasMissed">Whether there may be changes of which this instance was not told.</param>
    public IReadOnlyCollection<UserKey> Take(out bool wasMissed)
    {
        lock (_gate)
        {
            (wasMissed, _wasMissed) = (_wasMissed, false);
            var taken = _waiting;
            _waiting = [];
            return taken;
        }
    }

    /// <summary>Notes again what could not be looked at.</summary>
    public void PutBack(IEnumerable<UserKey> users, bool wasMissed)
    {
        lock (_gate) _wasMissed |= wasMissed;
        Note(users);
    }

    void IBackplaneTopic.Receive(BackplaneChannel channel, ReadOnlyMemory<byte> message)
    {
        var reader = new WireReader(message.Span);
        if (reader.ReadByte() is not Version and var version)
            throw new InvalidDataException($"version {version} of blocks is not known here");
        var user = UserKey.OfWire(reader.ReadText() ?? "");
        var other = reader.ReadUser();
        var direct = reader.ReadGuid();
        Apply(user, other, direct == default ? null : new ConversationId(direct));
    }

    void IBackplaneTopic.Recover()
    {
        lock (_gate) _wasMissed = true;
        _changed.Set();
    }

    private void Apply(UserKey user, UserId other, ConversationId? direct)
    {
        if (direct is { } conversation)
        {
            access.Forget(conversation, user.Id);
            access.Forget(conversation, other);
        }
        Interlocked.Increment(ref _count);
        Note([user, user with { Id = other }]);
    }
}
