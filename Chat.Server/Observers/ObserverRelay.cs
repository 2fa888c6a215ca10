using Chat.Server.Concurrency;
using Chat.Server.Observers.Store;
using Chat.Server.Persistence;

namespace Chat.Server.Observers;

/// <summary>Tells other instances that something was committed here, and observers that run here that something was
/// committed elsewhere.</summary>
internal sealed class ObserverRelay(
    ObserverBell bell, ObserverHost host, ObserverHints hints, IObserverSignals signals, ObserverContext context)
    : BackgroundService
{
    /// <summary>Between two signals to others, and between two looks at the end of the log.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20), Look = TimeSpan.FromMilliseconds(500);

    private static readonly Backoff Retries = new(TimeSpan.FromMilliseconds(500), TimeSpan.FromSeconds(10));

    private readonly WakeOnce _own = new();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        bell.Own += _own.Set;
        try
        {
            Func<CancellationToken, Task>[] works = [TellAsync, LookAsync, ListenAsync];
            await Task.WhenAll(works.Select(
                work => EverAgain.RunAsync(work, Retries, context.Time, stoppingToken)));
        }
        finally
        {
            bell.Own -= _own.Set;
        }
    }

    private async Task TellAsync(CancellationToken ct)
    {
        await _own.WaitAsync(ct);
        if (host.RunsAll) return;
        if (hints.HasPeers) hints.Publish();
        else await signals.SendAsync(ct);
        await Task.Delay(Pause, context.Time, ct);
    }

    private async Task LookAsync(CancellationToken ct)
    {
        await Task.Delay(Look, context.Time, ct);
        if (!host.RunsSome) return;
        var end = await context.Stores.Log.FindEndAsync(ct);
        if (end == bell.End) return;
        bell.End = end;
        bell.Ring();
    }

    private async Task ListenAsync(CancellationToken ct)
    {
        if (host.RunsSome && !hints.HasPeers) await signals.ListenAsync(bell.Ring, ct);
        else await Task.Delay(Look, context.Time, ct);
    }
}
