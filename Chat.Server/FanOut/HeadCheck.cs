using Chat.Server.Concurrency;
using Chat.Server.Persistence;

namespace Chat.Server.FanOut;

/// <summary>Compares feeds with the database: missing entries are read from there. Where the database has lost entries
/// that a feed has shown, the feed is put back.</summary>
internal sealed partial class HeadCheck
{
    private const int FeedsPerQuery = 2_000;

    private readonly FeedRegistry _feeds;
    private readonly IMessageStore _store;
    private readonly LogRecovery _recovery;
    private readonly FeedContext _context;
    private readonly ILogger<HeadCheck> _logger;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private RunAgain _requests;

    public HeadCheck(
        FeedRegistry feeds, IMessageStore store, LogRecovery recovery, FeedContext context, ILogger<HeadCheck> logger)
    {
        (_feeds, _store, _recovery, _context, _logger) = (feeds, store, recovery, context, logger);
        context.Doubted += Request;
    }

    /// <summary>Checks all feeds now, without waiting. Requests during a check become one further check.</summary>
    public void Request()
    {
        if (_requests.TryStart()) _context.Run(RunRequestedAsync);
    }

    /// <summary>Checks all feeds. A failure of the database is logged; the next check repeats it.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        await _turn.WaitAsync(ct);
        try
        {
            await _recovery.LookAsync(ct);
            await _recovery.RunAsync(await CompareAsync(ct), ct);
        }
        catch (StoreException e)
        {
            Log.CheckFailed(_logger, e);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <returns>The feeds that may have shown entries that the database no longer has.</returns>
    private async Task<List<Feed>> CompareAsync(CancellationToken ct)
    {
        var doubtful = new List<Feed>();
        foreach (var some in _feeds.Started.Chunk(FeedsPerQuery))
        {
            // Before the query: what a feed has by then was committed, so the answer has it too.
            var ends = Array.ConvertAll(some, feed => feed.End);
            var heads = await _store.ReadHeadsAsync(Array.ConvertAll(some, feed => feed.Conversation), ct);
            for (var i = 0; i < some.Length; i++)
            {
                var head = heads.GetValueOrDefault(some[i].Conversation);
                // With another generation, new entries may not follow those of the feed.
                if (IsDoubtful(ends[i], head) || (_recovery.IsNews && head.Last > ends[i].Sequence))
                    doubtful.Add(some[i]);
                else some[i].Observe(head);
            }
        }
        return doubtful;
    }

    private static bool IsDoubtful(in FeedEnd end, in LogHead head) =>
        end.IsDoubtful || head.Last < end.Sequence
        || (head.Last == end.Sequence && end.At is { } at && head.LastAt != at);

    private async Task RunRequestedAsync()
    {
        do
        {
            _requests.Begin();
            await RunAsync(_context.Stopping);
        }
        while (!_requests.TryEnd());
    }

    private static partial class Log
    {
        [LoggerMessage(3010, LogLevel.Warning, "The feeds could not be compared with the database")]
        public static partial void CheckFailed(ILogger logger, Exception exception);
    }
}
