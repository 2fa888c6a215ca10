using Chat.Server.Concurrency;
using Chat.Server.Persistence;

namespace Chat.Server.Observers;

/// <summary>Saves the mark of a session once a second, or sooner when much was shown, and renews its lease with that.
/// Says when the lease is lost.</summary>
internal sealed partial class LeaseKeeper(string observer, Lease lease, long asked, ObserverContext context)
{
    /// <summary>So many entries are shown between two savings at most, roughly.</summary>
    private const int Much = 5_000;

    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1), Goodbye = TimeSpan.FromSeconds(5);

    private readonly WakeOnce _much = new();
    private long _asked = asked; // when the lease was last asked for with success
    private long _mark = lease.Mark, _saved = lease.Mark;
    private int _shown;

    /// <summary>Everything up to here was shown.</summary>
    public long Mark => Volatile.Read(ref _mark);

    /// <summary>The lease with the mark as it is now.</summary>
    public Lease Lease => lease with { Mark = Mark };

    /// <summary>Moves the mark.</summary>
    /// <param name="mark">Never less than before.</param>
    /// <param name="entries">How many were shown since.</param>
    public void Move(long mark, int entries)
    {
        Volatile.Write(ref _mark, mark);
        if (Interlocked.Add(ref _shown, entries) >= Much) _much.Set();
    }

    /// <summary>Ends when the lease is lost, or on cancellation.</summary>
    public async Task KeepAsync(CancellationToken ct)
    {
        while (true)
        {
            await _much.WaitAsync(Beat, context.Time, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (ct.IsCancellationRequested) return;
            var left = Lease.Time - context.Time.GetElapsedTime(_asked);
            if (Mark == _saved && left > Lease.Time - Lease.Renewal) continue;
            if (left <= TimeSpan.Zero || !await TrySaveAsync(left, ct))
            {
                if (!ct.IsCancellationRequested) Log.Lost(context.Logger, observer);
                return;
            }
        }
    }

    /// <summary>Saves the mark, and lets others take the observer. Where that fails they wait for the end of the lease.
    /// </summary>
    public async Task ReleaseAsync()
    {
        using var bound = new CancellationTokenSource(Goodbye, context.Time);
        try
        {
            await context.Stores.Leases.ReleaseAsync(observer, lease.Epoch, Mark, bound.Token);
        }
        catch (Exception e) when (e is StoreException or OperationCanceledException)
        {
            // NOTE: it ends by itself.
        }
    }

    /// <returns>False: the lease is lost.</returns>
    private async Task<bool> TrySaveAsync(TimeSpan left, CancellationToken ct)
    {
        using var bound = new CancellationTokenSource(left, context.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(bound.Token, ct);
        var (now, mark) = (context.Time.GetTimestamp(), Mark);
        Interlocked.Exchange(ref _shown, 0);
        try
        {
            // What waits for its turn is cancelled; what runs is given up.
            if (!await context.Stores.Leases.SaveAsync(observer, lease.Epoch, mark, either.Token)
                .WaitAsync(either.Token)) return false;
            (_asked, _saved) = (now, mark);
        }
        catch (Exception e) when (e is StoreException or OperationCanceledException)
        {
            // NOTE: tried again as long as the lease holds.
        }
        return true;
    }

    private static partial class Log
    {
        [LoggerMessage(9751, LogLevel.Warning,
            "Observer {Observer} runs here no longer: its lease could not be renewed in time, another instance took "
            + "it, or it was moved. Some entries may be shown again")]
        public static partial void Lost(ILogger logger, string observer);
    }
}
