namespace Chat.Server.Concurrency;

/// <summary>Wakes one loop. Set while there is no wait, it ends the next one; set twice before that counts
/// once.</summary>
internal sealed class WakeOnce
{
    private readonly SemaphoreSlim _set = new(0, 1);

    /// <summary>Never waits, from any thread.</summary>
    public void Set()
    {
        try
        {
            if (_set.CurrentCount == 0) _set.Release();
        }
        catch (SemaphoreFullException)
        {
            // NOTE: two at once, which count once.
        }
    }

    public Task WaitAsync(CancellationToken ct) => _set.WaitAsync(ct);

    /// <summary>Completes when it is set, or when the time is over.</summary>
    /// <exception cref="OperationCanceledException">Only when <paramref name="ct"/> is cancelled.</exception>
    public async Task WaitAsync(TimeSpan bound, TimeProvider time, CancellationToken ct)
    {
        using var timeout = new CancellationTokenSource(bound, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, ct);
        try
        {
            await _set.WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            // the time is over
        }
    }
}
