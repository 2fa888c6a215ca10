namespace Chat.Server.FanOut;

/// <summary>Compares all feeds with the database at a slow interval, and closes those without readers.</summary>
/// <remarks>So an entry of another process is shown at most one interval late, even if its announcement was
/// lost.</remarks>
internal sealed class FeedUpkeep(FeedRegistry feeds, HeadCheck check, FanOutOptions options, TimeProvider time)
    : BackgroundService
{
    /// <summary>The identity of the log should be known before the first client connects. If the database is not
    /// available, it is read at each interval.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await check.RunAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var beat = new PeriodicTimer(TimeSpan.FromMilliseconds(options.HeadCheckMilliseconds), time);
        while (await beat.WaitForNextTickAsync(stoppingToken))
        {
            feeds.EvictIdle();
            await check.RunAsync(stoppingToken);
        }
    }
}
