using Chat.Server.Callers;
using Chat.Server.Presence.Gossip;

namespace Chat.Server.Presence;

/// <summary>The users connected to this instance, as reported by the transports. A user stays a little longer than the
/// last connection.</summary>
internal sealed class LocalPresence(
    PresenceBoard board, LastSeenJournal journal, PresenceOptions options, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<UserKey, Seat> _seats = [];
    private readonly PriorityQueue<Seat, long> _leaving = new();
    private readonly TimeSpan _linger = TimeSpan.FromSeconds(options.LingerSeconds);
    private readonly TimeSpan _heard = TimeSpan.FromSeconds(options.RestSeconds);
    private List<PresenceStep> _steps = [];
    private long _version;

    /// <summary>A connection or poll of the user began. Each has an <see cref="Exit"/>.</summary>
    public void Enter(UserKey user)
    {
        lock (_gate) SeatOf_NeedsLock(user).Connections++;
    }

    public void Exit(UserKey user)
    {
        lock (_gate)
        {
            var seat = SeatOf_NeedsLock(user);
            seat.Connections--;
            seat.LastSeenAt = time.GetUtcNow();
            Extend_NeedsLock(seat, _linger);
        }
    }

    /// <summary>A client without a connection made a request, which keeps it online for a while.</summary>
    public void Hear(UserKey user)
    {
        lock (_gate)
        {
            var seat = SeatOf_NeedsLock(user);
            seat.LastSeenAt = time.GetUtcNow();
            Extend_NeedsLock(seat, _heard);
        }
    }

    /// <summary>A client without a connection left.</summary>
    public void Leave(UserKey user)
    {
        lock (_gate)
        {
            if (!_seats.TryGetValue(user, out var seat)) return;
            seat.LastSeenAt = time.GetUtcNow();
            seat.Until = 0;
            seat.QueuedFor = null; // for a later moment than the one that comes now
            Extend_NeedsLock(seat, _linger);
        }
    }

    /// <summary>Removes users whose time has expired.</summary>
    public void Sweep()
    {
        lock (_gate)
        {
            var now = time.GetTimestamp();
            while (_leaving.TryPeek(out var seat, out var due) && due <= now)
            {
                _leaving.Dequeue();
                if (seat.QueuedFor != due) continue;
                seat.QueuedFor = null;
                if (seat.Connections > 0) continue;
                if (seat.Until > now) Enqueue_NeedsLock(seat);
                else End_NeedsLock(seat);
            }
        }
    }

    /// <summary>What changed since the last call, in messages of a bounded size, and where that leads.</summary>
    /// <param name="withUsers">True for the users as well.</param>
    public LocalState Take(bool withUsers)
    {
        lock (_gate)
        {
            var deltas = new List<PresenceStep[]>();
            foreach (var some in _steps.Chunk(PresenceCodec.StepsPerMessage)) deltas.Add(some);
            if (_steps.Count > 0) _steps = [];
            _version += deltas.Count;
            return new LocalState(deltas, _version, _seats.Count, withUsers ? [.. _seats.Keys] : []);
        }
    }

    /// <summary>Notes all users of this instance as online now, so that the database has it if this process ends
    /// abruptly.</summary>
    public void NoteAll()
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            foreach (var seat in _seats.Values) journal.Note(seat.User, seat.Connections > 0 ? now : seat.LastSeenAt);
        }
    }

    private Seat SeatOf_NeedsLock(UserKey user)
    {
        if (_seats.TryGetValue(user, out var seat)) return seat;
        seat = new Seat(user) { LastSeenAt = time.GetUtcNow() };
        _seats.Add(user, seat);
        _steps.Add(new PresenceStep(user, LeftAt: null));
        board.Add(user);
        journal.Note(user, seat.LastSeenAt);
        return seat;
    }

    private void Extend_NeedsLock(Seat seat, TimeSpan by)
    {
        seat.Until = Math.Max(seat.Until, time.GetTimestamp() + (long)(by.TotalSeconds * time.TimestampFrequency));
        if (seat.Connections == 0 && seat.QueuedFor is null) Enqueue_NeedsLock(seat);
    }

    private void Enqueue_NeedsLock(Seat seat)
    {
        seat.QueuedFor = seat.Until;
        _leaving.Enqueue(seat, seat.Until);
    }

    private void End_NeedsLock(Seat seat)
    {
        _seats.Remove(seat.User);
        _steps.Add(new PresenceStep(seat.User, seat.LastSeenAt));
        board.Remove(seat.User, seat.LastSeenAt);
        journal.Note(seat.User, seat.LastSeenAt);
    }

    private sealed class Seat(UserKey user)
    {
        public UserKey User => user;

        public int Connections { get; set; }

        /// <summary>Until when the user stays online without a connection.</summary>
        public long Until { get; set; }

        public DateTimeOffset LastSeenAt { get; set; }

        /// <summary>When it is checked again; null while it has connections.</summary>
        public long? QueuedFor { get; set; }
    }
}
