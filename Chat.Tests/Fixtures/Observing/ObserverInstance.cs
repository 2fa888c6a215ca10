using System.Diagnostics.Metrics;
using Chat.Contracts.Entries;
using Chat.Server;
using Chat.Server.Observers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Chat.Tests.Fixtures.Observing;

/// <summary>One instance that may run an observer, with a bell that rings all the time.</summary>
internal sealed class ObserverInstance : IChatObserver, IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    private readonly StoreHost _stores;
    private readonly SeenEntries _seen;
    private readonly ServiceProvider _services;
    private readonly CancellationTokenSource _ending = new();
    private readonly TaskCompletionSource _dead = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _ringing;
    private volatile bool _isKilled;
    private int _showing;
    private int _generations;

    public ObserverInstance(
        StoreHost stores, SeenEntries seen, Action<ChatObserverOptions>? configure = null, string name = "spec")
    {
        (_stores, _seen) = (stores, seen);
        _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var options = new ChatObserverOptions { Start = ChatStart.Beginning };
        configure?.Invoke(options);
        Metrics = new ObserverMetrics(_services.GetRequiredService<IMeterFactory>());
        var context = new ObserverContext(stores.Observers, new ScanReads(stores.Observers.Log, Bell), Bell,
            _services.GetRequiredService<IServiceScopeFactory>(), Metrics,
            _ =>
            {
                Interlocked.Increment(ref _generations);
                return Task.CompletedTask;
            },
            TimeProvider.System, NullLogger.Instance);
        Host = new ObserverHost([new ObserverRegistration(name, options, _ => this)], context);
        Rewinds = new ObserverRewinds(stores.Observers.Rewinds);
        _ringing = RingAsync();
    }

    public ObserverBell Bell { get; } = new();

    public ObserverHost Host { get; }

    public ObserverMetrics Metrics { get; }

    public ObserverRewinds Rewinds { get; }

    /// <summary>How often it asked for a new generation of the log.</summary>
    public int Generations => Volatile.Read(ref _generations);

    public static async Task<ObserverInstance> StartAsync(
        StoreHost stores, SeenEntries seen, Action<ChatObserverOptions>? configure = null, string name = "spec")
    {
        var instance = new ObserverInstance(stores, seen, configure, name);
        await instance.Host.StartAsync(CancellationToken.None);
        await instance.Host.StartedAsync(CancellationToken.None);
        return instance;
    }

    public async Task OnAsync(IReadOnlyList<ConversationEntry> entries, CancellationToken ct)
    {
        Interlocked.Increment(ref _showing);
        try
        {
            if (!_isKilled) await _seen.ShowAsync(entries, ct);
        }
        finally
        {
            Interlocked.Decrement(ref _showing);
        }
        if (_isKilled) await _dead.Task;
    }

    /// <summary>Ends it as a stop of the server does.</summary>
    public Task StopAsync() => Host.StopAsync(CancellationToken.None).WaitAsync(Bounds.Wait);

    /// <summary>Ends it as a crash does: between two batches, or after one that was shown and is not noted. Nothing is
    /// saved or given back, so nobody else goes on until its lease is over. Its stores cannot be used any
    /// more.</summary>
    public async Task KillAsync()
    {
        _isKilled = true;
        await _stores.DisposeAsync();
        await Host.StopAsync(new CancellationToken(canceled: true));
        // A process that is killed shows nothing any more; this one is among those that live on.
        await Eventually.HoldsAsync(() => Volatile.Read(ref _showing) == 0);
    }

    public async ValueTask DisposeAsync()
    {
        _dead.TrySetException(new IOException("killed"));
        await _ending.CancelAsync();
        await StopAsync();
        await _ringing;
        await _services.DisposeAsync();
        _ending.Dispose();
    }

    private async Task RingAsync()
    {
        while (!_ending.IsCancellationRequested)
        {
            Bell.Ring();
            await Task.Delay(Pause, TimeProvider.System, _ending.Token)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
