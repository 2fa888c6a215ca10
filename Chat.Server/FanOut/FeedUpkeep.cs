namespace Chat.Server.FanOut;

/// <summary>Compares all feeds with the database at a slow interval, and closes those without readers.</summary>
/// <remarks>So an entry of another process is shown at most one interval late, even if its announcement was
/// lost.</remarks>
internal sealed class FeedUpkeep(
    FeedRegistry feeds, HeadCheck check, LogIdentity identity, FanOutOptions options, TimeProvider time)
    : BackgroundService
{
    /// <summary>Between two looks until the first one succeeds: nobody is served before.</summary>
    private static readonly TimeSpan BetweenFirst = TimeSpan.FromSeconds(1);

    /// <summary>The identity of the log should be known before the first client connects. If the database is not
    /// available, it is read again soon.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await check.RunAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (identity.Current is null)
        {
            await Task.Delay(BetweenFirst, time, stoppingToken);
            await check.RunAsync(stoppingToken);
        }
        using var beat = new PeriodicTimer(TimeSpan.FromMilliseconds(options.HeadCheckMilliseconds), time);
        while (await beat.WaitForNextTickAsync(stoppingToken))
        {
            feeds.EvictIdle();
            await check.RunAsync(stoppingToken);
        }
    }
}
