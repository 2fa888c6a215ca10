namespace Chat.Server.FanOut;

/// <summary>Compares all feeds with the database at a slow beat, and closes those nobody reads.</summary>
/// <remarks>So an entry that another process stored is shown at most one beat late, even if nobody told this
/// one.</remarks>
internal sealed class FeedUpkeep(FeedRegistry feeds, HeadCheck check, FanOutOptions options, TimeProvider time)
    : BackgroundService
{
    /// <summary>Whose log it is should be known before the first client comes. A database that cannot be asked now is
    /// asked again with each beat.</summary>
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
