using Chat.Server.Presence.Gossip;
using Chat.Server.Presence.Watching;

namespace Chat.Server.Presence;

/// <summary>The periodic work of presence: departures, gossip, the database, ended watches.</summary>
internal sealed class PresenceService(
    LocalPresence local, PresenceGossip gossip, LastSeenJournal journal, PresenceWatches watches,
    PresenceAnnouncer announcer, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Flush = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Sweep = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan NoteAll = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LastFlush = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private Task? _stopping;

    /// <summary>Announces the stop, and stores who was online until now. Once: a host may be stopped from two sides,
    /// and disposes its services when either has finished.</summary>
    public override Task StopAsync(CancellationToken cancellationToken)
    {
        lock (_gate) return _stopping ??= StopOnceAsync(cancellationToken);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(
        announcer.RunAsync(stoppingToken),
        EveryAsync(Beat, SpeakAsync, stoppingToken),
        EveryAsync(Flush, () => journal.FlushAsync(stoppingToken), stoppingToken),
        EveryAsync(Sweep, SweepAsync, stoppingToken),
        EveryAsync(NoteAll, NoteAllAsync, stoppingToken));

    private async Task StopOnceAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        gossip.Stop();
        local.NoteAll();
        using var bound = new CancellationTokenSource(LastFlush, time);
        try
        {
            await journal.FlushAsync(bound.Token);
        }
        catch (OperationCanceledException)
        {
            // NOTE: a database that hangs must not delay the stop.
        }
    }

    private async Task EveryAsync(TimeSpan period, Func<Task> work, CancellationToken ct)
    {
        using var beat = new PeriodicTimer(period, time);
        while (await beat.WaitForNextTickAsync(ct)) await work();
    }

    private Task SpeakAsync()
    {
        local.Sweep();
        gossip.Beat();
        return Task.CompletedTask;
    }

    private Task SweepAsync()
    {
        watches.Sweep();
        return Task.CompletedTask;
    }

    private Task NoteAllAsync()
    {
        local.NoteAll();
        return Task.CompletedTask;
    }
}
