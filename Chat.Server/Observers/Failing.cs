using Chat.Server.Concurrency;

namespace Chat.Server.Observers;

/// <summary>Tells an observer that fails with some conversations from one that fails with all. The latter stalls, and
/// parks nothing.</summary>
internal sealed class Failing(TimeProvider time)
{
    /// <summary>With so many failures without one success it stalls.</summary>
    public const int Most = 20;

    /// <summary>So many conversations may be parked; with more it stalls.</summary>
    public const int MostParked = 1_000;

    /// <summary>The pauses between tries of a parked conversation, and of an observer that stalls.</summary>
    public static readonly Backoff Pauses = new(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10));

    private readonly Lock _gate = new();
    private int _failures;
    private int _tries;
    private DateTimeOffset? _until;

    /// <summary>Until when nothing is tried; null: it does not stall.</summary>
    public DateTimeOffset? StalledUntil
    {
        get
        {
            lock (_gate) return _until;
        }
    }

    /// <summary>True while it waits for its next try.</summary>
    public bool IsWaiting => StalledUntil is { } until && until > time.GetUtcNow();

    /// <summary>A conversation failed.</summary>
    /// <returns>True: it was one too many, and the observer stalls.</returns>
    public bool Failed()
    {
        lock (_gate)
        {
            if (++_failures < Most) return false;
            Stall();
            return true;
        }
    }

    /// <summary>The observer stalls; or it did so already, and its next try failed.</summary>
    public void Stall()
    {
        lock (_gate) _until = time.GetUtcNow() + Pauses.Next(_tries++);
    }

    /// <summary>Something was shown: the count begins again.</summary>
    /// <returns>True: it stalled until now.</returns>
    public bool Succeeded()
    {
        lock (_gate)
        {
            var stalled = _until is not null;
            (_failures, _tries, _until) = (0, 0, null);
            return stalled;
        }
    }
}
