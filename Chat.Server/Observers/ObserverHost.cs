using Chat.Server.Observers.Store;
using Chat.Server.Persistence;

namespace Chat.Server.Observers;

/// <summary>Takes the observers that no instance runs, and runs them until another one may.</summary>
internal sealed partial class ObserverHost(
    IEnumerable<ObserverRegistration> observers, ObserverContext context)
    : BackgroundService, IHostedLifecycleService
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500), Pause = TimeSpan.FromSeconds(1);

    /// <summary>An instance that has an observer already waits so long at most before it takes the next one: so they
    /// spread over the instances.</summary>
    private const int MostSecondsOfLeaving = 1;

    private readonly ObserverRegistration[] _observers = [.. observers];
    private readonly Dictionary<string, Task> _running = new(StringComparer.Ordinal);
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _held;

    /// <summary>Names this process in the leases.</summary>
    public Guid Me { get; } = Guid.NewGuid();

    /// <summary>Whether some of the observers run here.</summary>
    public bool RunsSome => Volatile.Read(ref _held) > 0;

    /// <summary>Whether all of them do: no other instance has to hear of anything.</summary>
    public bool RunsAll => Volatile.Read(ref _held) == _observers.Length;

    /// <summary>Those that begin now are noted before this instance serves anybody: what it stores is not left out.
    /// </summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            foreach (var observer in _observers.Where(one => one.Options.Start == ChatStart.Now))
                await AddAsync(observer, cancellationToken);
        }
        catch (StoreException e)
        {
            Log.NotTaken(context.Logger, e);
        }
        await base.StartAsync(cancellationToken);
    }

    /// <summary>The whole application has started.</summary>
    public Task StartedAsync(CancellationToken cancellationToken)
    {
        _started.TrySetResult();
        return Task.CompletedTask;
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // An instance that still starts is slow, and may not come up at all: others can show entries sooner.
        await _started.Task.WaitAsync(stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        while (!stoppingToken.IsCancellationRequested)
        {
            var wait = Look;
            try
            {
                await TakeFreeAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception e)
            {
                Log.NotTaken(context.Logger, e);
                wait = Pause;
            }
            await Task.Delay(wait, context.Time, stoppingToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        await Task.WhenAll(_running.Values);
    }

    private async Task TakeFreeAsync(CancellationToken ct)
    {
        foreach (var observer in _observers) await AddAsync(observer, ct);
        if (_observers.All(IsRunning)) return;
        var free = await context.Stores.Leases.FindFreeAsync(Me, ct);
        var leaves = TimeSpan.FromSeconds(Math.Min(_held, MostSecondsOfLeaving) * Random.Shared.NextDouble());
        if (free.Count > 0 && leaves > TimeSpan.Zero) await Task.Delay(leaves, context.Time, ct);
        foreach (var observer in _observers)
        {
            if (IsRunning(observer) || !free.Contains(observer.Name)) continue;
            var asked = context.Time.GetTimestamp();
            if (await context.Stores.Leases.TakeAsync(observer.Name, Me, ct) is not { } lease) continue;
            Interlocked.Increment(ref _held);
            _running[observer.Name] = RunAsync(observer, lease, asked, ct);
        }
    }

    private bool IsRunning(ObserverRegistration observer) =>
        _running.TryGetValue(observer.Name, out var running) && !running.IsCompleted;

    /// <summary>Notes a new observer with the mark where it begins; one that is known stays as it is.</summary>
    private async Task AddAsync(ObserverRegistration observer, CancellationToken ct)
    {
        if (_known.Contains(observer.Name)) return;
        if (!await context.Stores.Leases.ExistsAsync(observer.Name, ct))
            await context.Stores.Leases.AddAsync(
                observer.Name, await context.Stores.Rewinds.FindMarkAsync(observer.Options.Start, ct), ct);
        _known.Add(observer.Name);
    }

    private async Task RunAsync(ObserverRegistration observer, Lease lease, long asked, CancellationToken ct)
    {
        try
        {
            lease = await CheckAsync(lease, ct);
            using var session = new ObserverSession(observer, lease, asked, context);
            await session.RunAsync(ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // NOTE: it stops.
        }
        catch (Exception e)
        {
            // Another instance may have taken it meanwhile; else this one does.
            Log.Ended(context.Logger, observer.Name, e);
            await Task.Delay(Pause, context.Time, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        finally
        {
            Interlocked.Decrement(ref _held);
        }
    }

    /// <summary>Where the mark is past the end of the log, entries that were shown are no longer there, and what is new
    /// has numbers that were used before. All such observers go on at the end.</summary>
    private async Task<Lease> CheckAsync(Lease lease, CancellationToken ct)
    {
        var end = await context.Stores.Log.FindEndAsync(ct);
        if (lease.Mark <= end) return lease;
        var lost = await context.Stores.Leases.CutAsync(end, ct);
        if (lost > 0)
        {
            Log.MarksLost(context.Logger, lost, lease.Mark, end);
            context.Metrics.MarksLost(lost);
            await context.LogLost(ct);
        }
        return lease with { Mark = end };
    }

    private static partial class Log
    {
        [LoggerMessage(9756, LogLevel.Warning, "Observers could not be taken; it is tried again")]
        public static partial void NotTaken(ILogger logger, Exception exception);

        [LoggerMessage(9757, LogLevel.Warning, "Observer {Observer} ended; it begins again where it was saved")]
        public static partial void Ended(ILogger logger, string observer, Exception exception);

        [LoggerMessage(9758, LogLevel.Error,
            "{Count} observers were further ({Mark}) than the log is now ({End}): it was put back to an earlier state. "
            + "They go on at its end")]
        public static partial void MarksLost(ILogger logger, int count, long mark, long end);
    }
}
