using Chat.Server.Concurrency;

namespace Chat.Server.Tasks;

/// <summary>Wakes the worker of this instance. A ring without a listener wakes the next one.</summary>
internal sealed class TaskBell
{
    private readonly WakeOnce _rung = new();

    /// <summary>Raised with each ring of this instance's own, for those who pass it on to others.</summary>
    public event Action? Rang;

    public void Ring()
    {
        Wake();
        Rang?.Invoke();
    }

    /// <summary>Rings here only.</summary>
    public void Wake() => _rung.Set();

    /// <summary>Ends with the next ring, or when the time is over.</summary>
    public Task WaitAsync(TimeSpan bound, TimeProvider time, CancellationToken ct) => _rung.WaitAsync(bound, time, ct);
}
