namespace Chat.Server.FanOut.Signals;

/// <summary>Shows the end of typing that was not repeated. Every instance does so for its own readers, so a crash or a
/// lost signal never leaves a user typing.</summary>
internal sealed class TypingExpiry(TypingTracker typing, FeedRegistry feeds, SignalsOptions options, TimeProvider time)
    : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var beat = new PeriodicTimer(TimeSpan.FromMilliseconds(options.TypingExpiryMilliseconds / 12.0), time);
        while (await beat.WaitForNextTickAsync(stoppingToken))
            foreach (var signal in typing.TakeExpired()) feeds.Find(signal.Where)?.Deliver(signal);
    }
}
