using Chat.Server.Persistence;

namespace Chat.Server.FanOut;

/// <summary>Compares all feeds with the database at a slow beat, and closes those nobody reads.</summary>
/// <remarks>So an entry that another process stored is shown at most one beat late, even if nobody told this one.</remarks>
internal sealed partial class FeedUpkeep(FeedRegistry feeds, IMessageStore store, FanOutOptions options, TimeProvider time, ILogger<FeedUpkeep> logger)
    : BackgroundService
{
    private const int FeedsPerQuery = 2_000;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var beat = new PeriodicTimer(TimeSpan.FromMilliseconds(options.HeadCheckMilliseconds), time);
        while (await beat.WaitForNextTickAsync(stoppingToken))
        {
            feeds.EvictIdle();
            try
            {
                await CheckHeadsAsync(stoppingToken);
            }
            catch (StoreException e)
            {
                Log.CheckFailed(logger, e); // the next beat tries again
            }
        }
    }

    private async Task CheckHeadsAsync(CancellationToken ct)
    {
        foreach (var some in feeds.Started.Where(feed => feed.Listeners > 0).Chunk(FeedsPerQuery))
        {
            var heads = await store.ReadHeadsAsync(Array.ConvertAll(some, feed => feed.Conversation), ct);
            foreach (var feed in some)
                if (heads.TryGetValue(feed.Conversation, out var head)) feed.Observe(head);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(3010, LogLevel.Warning, "The feeds could not be compared with the database")]
        public static partial void CheckFailed(ILogger logger, Exception exception);
    }
}
