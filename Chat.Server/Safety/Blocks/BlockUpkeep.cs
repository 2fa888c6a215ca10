using Chat.Server.Core;
using Chat.Server.Persistence;
using Chat.Server.Safety.Store;

namespace Chat.Server.Safety.Blocks;

/// <summary>Keeps what connections are shown in step with the blocks: at once with the changes that are noted, and from
/// time to time with those of other instances of which this one was not told.</summary>
internal sealed partial class BlockUpkeep(
    BlockChanges changes, BlockWatch watch, BlockStore store, CoreOptions options, SafetyContext context)
    : BackgroundService
{
    /// <summary>How much later than its time a change may be stored, or how far its instance's clock may be behind, at
    /// most.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan BetweenRounds = TimeSpan.FromMilliseconds(100), AfterFailure =
        TimeSpan.FromSeconds(1);

    private DateTimeOffset _since = context.Time.GetUtcNow() - Overlap;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var between = TimeSpan.FromSeconds(options.AccessCacheSeconds);
        var looked = context.Time.GetTimestamp();
        while (true)
        {
            var rest = between - context.Time.GetElapsedTime(looked);
            if (rest > TimeSpan.Zero) await changes.WaitAsync(rest, context.Time, stoppingToken);
            var looksAtAll = context.Time.GetElapsedTime(looked) >= between;
            if (await TryRoundAsync(looksAtAll, stoppingToken))
            {
                if (looksAtAll) looked = context.Time.GetTimestamp();
                await Task.Delay(BetweenRounds, context.Time, stoppingToken);
            }
            else await Task.Delay(AfterFailure, context.Time, stoppingToken);
        }
    }

    private async Task<bool> TryRoundAsync(bool looksAtAll, CancellationToken ct)
    {
        var noted = changes.Take(out var wasMissed);
        try
        {
            if (looksAtAll || wasMissed) await RefreshChangedAsync(ct);
            await watch.RefreshAsync(noted, ct);
            return true;
        }
        catch (StoreException e)
        {
            Log.NotRead(context.Logger, e);
            changes.PutBack(noted, wasMissed);
            return false;
        }
    }

    private async Task RefreshChangedAsync(CancellationToken ct)
    {
        while (true)
        {
            var (users, last, hasMore) = await store.FindChangedAsync(_since, ct);
            await watch.RefreshAsync(users, ct);
            if (last is not { } at || at - Overlap <= _since) return;
            _since = at - Overlap;
            if (!hasMore) return;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(9550, LogLevel.Warning, "Blocks between users could not be read; it is tried again")]
        public static partial void NotRead(ILogger logger, Exception exception);
    }
}
