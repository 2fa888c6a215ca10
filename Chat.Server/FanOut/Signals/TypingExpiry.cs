namespace Chat.Server.FanOut.Signals;

/// <summary>Shows the end of those who fell silent. Every instance does so for its own readers, so no crash and no lost
/// signal leaves a typist for ever.</summary>
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
