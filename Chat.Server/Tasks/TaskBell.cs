namespace Chat.Server.Tasks;

/// <summary>Wakes the worker of this instance. Rung while nobody listens, it is heard by the next who does.</summary>
internal sealed class TaskBell
{
    private readonly SemaphoreSlim _rung = new(0, 1);

    /// <summary>Raised with each ring of this instance's own, for those who pass it on to others.</summary>
    public event Action? Rang;

    public void Ring()
    {
        Wake();
        Rang?.Invoke();
    }

    /// <summary>Rings here only.</summary>
    public void Wake()
    {
        try
        {
            if (_rung.CurrentCount == 0) _rung.Release();
        }
        catch (SemaphoreFullException)
        {
            // NOTE: two rang at once, which is once.
        }
    }

    /// <summary>Ends with the next ring, or when the time is over.</summary>
    public async Task WaitAsync(TimeSpan bound, TimeProvider time, CancellationToken ct)
    {
        using var timeout = new CancellationTokenSource(bound, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, ct);
        try
        {
            await _rung.WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            // the time is over
        }
    }
}
