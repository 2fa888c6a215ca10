namespace Chat.Server.Concurrency;

/// <summary>A limited number at a time; the others wait for their turn, with a bound.</summary>
internal sealed class Turns(int count, TimeSpan bound, TimeProvider time)
{
    private readonly SemaphoreSlim _free = new(count);

    /// <summary>Completes when it is the caller's turn, which ends with <see cref="Release"/>.</summary>
    /// <exception cref="TimeoutException">The bound has passed.</exception>
    public ValueTask TakeAsync(CancellationToken ct) => _free.Wait(0, ct) ? ValueTask.CompletedTask : WaitAsync(ct);

    public void Release() => _free.Release();

    private async ValueTask WaitAsync(CancellationToken ct)
    {
        using var timeout = new CancellationTokenSource(bound, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, ct);
        try
        {
            await _free.WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new TimeoutException($"there was no turn within {bound.TotalSeconds} s");
        }
    }
}
