using Chat.Server.Concurrency;
using Chat.Server.Persistence;

namespace Chat.Server.FanOut;

/// <summary>Compares feeds with the database: what they lack they then read from there.</summary>
internal sealed partial class HeadCheck(
    FeedRegistry feeds, IMessageStore store, FeedContext context, ILogger<HeadCheck> logger)
{
    private const int FeedsPerQuery = 2_000;

    private RunAgain _requests;

    /// <summary>All feeds, now and without waiting. Requests that come while one is under way are one
    /// more.</summary>
    public void Request()
    {
        if (_requests.TryStart()) context.Run(RunRequestedAsync);
    }

    /// <summary>All feeds. A database that cannot be asked is logged; the next check will do.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        try
        {
            foreach (var some in feeds.Started.Chunk(FeedsPerQuery))
            {
                var heads = await store.ReadHeadsAsync(Array.ConvertAll(some, feed => feed.Conversation), ct);
                foreach (var feed in some)
                    if (heads.TryGetValue(feed.Conversation, out var head)) feed.Observe(head);
            }
        }
        catch (StoreException e)
        {
            Log.CheckFailed(logger, e);
        }
    }

    private async Task RunRequestedAsync()
    {
        do
        {
            _requests.Begin();
            await RunAsync(context.Stopping);
        }
        while (!_requests.TryEnd());
    }

    private static partial class Log
    {
        [LoggerMessage(3010, LogLevel.Warning, "The feeds could not be compared with the database")]
        public static partial void CheckFailed(ILogger logger, Exception exception);
    }
}
