using Chat.Server.Concurrency;

namespace Chat.Server.Observers;

/// <summary>Whether an observer fails with some conversations or with all: then it stalls, and nothing is parked.
/// </summary>
internal sealed class Failing(TimeProvider time)
{
    /// <summary>So many failures without one success.</summary>
    public const int Most = 20;

    /// <summary>So many conversations are parked at most.</summary>
    public const int MostParked = 1_000;

    /// <summary>Between two tries, of a parked conversation or of an observer that stalls.</summary>
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

    /// <summary>One try was no success, of an observer that stalls or not.</summary>
    /// <returns>True: it stalls from now on, or still.</returns>
    public bool Failed()
    {
        lock (_gate) return ++_failures >= Most && Stall();
    }

    /// <summary>It stalls, or its try was no success.</summary>
    /// <returns>True.</returns>
    public bool Stall()
    {
        lock (_gate) _until = time.GetUtcNow() + Pauses.Next(_tries++);
        return true;
    }

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
