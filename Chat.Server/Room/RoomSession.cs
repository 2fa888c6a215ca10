using Chat.Server.Callers;

namespace Chat.Server.Room;

/// <summary>The cached state of a client that has joined the room.</summary>
internal sealed class RoomSession(Caller caller, TimeProvider time)
{
    private readonly CancellationTokenSource _left = new();
    private long _seenAt = time.GetUtcNow().UtcTicks;
    private long _touchedAt;
    private long _checkedAt = time.GetTimestamp();
    private int _polls;

    public Caller Caller => caller;

    public UserKey Client => caller.User;

    /// <summary>Cancelled when the client leaves the room, on any instance: it gets nothing more.</summary>
    public CancellationToken Left => _left.Token;

    /// <summary>Its last activity; now, while it waits for an answer.</summary>
    public DateTimeOffset LastSeen =>
        Volatile.Read(ref _polls) > 0
            ? time.GetUtcNow()
            : new DateTimeOffset(Interlocked.Read(ref _seenAt), TimeSpan.Zero);

    /// <summary>How long ago the database last confirmed it.</summary>
    public TimeSpan SinceCheck => time.GetElapsedTime(Interlocked.Read(ref _checkedAt));

    public void End() => _left.Cancel();

    public void Seen() => Interlocked.Exchange(ref _seenAt, time.GetUtcNow().UtcTicks);

    /// <param name="asked">The timestamp before the query.</param>
    public void Checked(long asked) => Interlocked.Exchange(ref _checkedAt, asked);

    public void BeginPoll() => Interlocked.Increment(ref _polls);

    public void EndPoll()
    {
        Seen();
        Interlocked.Decrement(ref _polls);
    }

    /// <summary>True when it was active since its last stored activity.</summary>
    public bool NeedsTouch(out DateTimeOffset lastSeen)
    {
        lastSeen = LastSeen;
        return lastSeen.UtcTicks > Interlocked.Read(ref _touchedAt);
    }

    public void Touched(DateTimeOffset lastSeen) => Interlocked.Exchange(ref _touchedAt, lastSeen.UtcTicks);
}
