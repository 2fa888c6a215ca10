using Chat.Server.Core;
using Chat.Server.Persistence;
using Chat.Server.Persistence.Entries;
using Chat.Server.Rights;

namespace Chat.Server.Reactions;

/// <summary>Tells reactions at the end of their interval; once per second also those that have been untold for too
/// long, because the instance that was to tell them has ended or could not.</summary>
internal sealed partial class ReactionTeller(
    UntoldReactions untold, Reacting reacting, ReactionUpkeep upkeep, TimeProvider time,
    ILogger<ReactionTeller> logger) : BackgroundService
{
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var next = time.GetUtcNow() + Turn;
        while (true)
        {
            var now = time.GetUtcNow();
            foreach (var mark in untold.TakeDue(now)) await TellAsync(mark, stoppingToken);
            if (now >= next)
            {
                foreach (var mark in await FindAsync(now, stoppingToken)) await TellAsync(mark, stoppingToken);
                next = now + Turn;
            }
            var wake = untold.FirstDueAt is { } due && due < next ? due : next;
            var wait = wake - time.GetUtcNow();
            if (wait > TimeSpan.Zero)
                await untold.Added.WaitAsync(wait < Turn ? wait : Turn, time, stoppingToken);
        }
    }

    private async Task<IReadOnlyList<ReactionMark>> FindAsync(DateTimeOffset now, CancellationToken ct)
    {
        try
        {
            return await upkeep.FindAsync(now, ct);
        }
        catch (StoreException e)
        {
            Log.NotFound(logger, e);
            return [];
        }
    }

    /// <summary>Has its place when it completes; the upkeep sees what is not stored.</summary>
    private async Task TellAsync(ReactionMark mark, CancellationToken ct)
    {
        try
        {
            Forget(await reacting.EnqueueTellAsync(mark, ct));
        }
        catch (ChatException e)
        {
            Log.NotTold(logger, e);
        }
    }

    private void Forget(Task told) => told.ContinueWith(
        (done, _) => Log.NotTold(logger, done.Exception!), null, CancellationToken.None,
        TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);

    private static partial class Log
    {
        [LoggerMessage(9690, LogLevel.Warning, "Reactions to a message could not be told now; it is tried again")]
        public static partial void NotTold(ILogger logger, Exception exception);

        [LoggerMessage(9691, LogLevel.Warning, "Untold reactions could not be looked for; it is tried again")]
        public static partial void NotFound(ILogger logger, Exception exception);
    }
}
