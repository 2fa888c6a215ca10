namespace Chat.Server.Observers.Store;

/// <summary>There is nobody to ring, or nothing to ring with: the end of the log is looked at.</summary>
internal sealed class NoObserverSignals(TimeProvider time) : IObserverSignals
{
    public Task SendAsync(CancellationToken ct) => Task.CompletedTask;

    public Task ListenAsync(Action heard, CancellationToken ct) => Task.Delay(Timeout.InfiniteTimeSpan, time, ct);
}
