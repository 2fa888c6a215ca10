using Chat.Server.Core;
using Chat.Server.FanOut;
using Chat.Server.Persistence;
using Chat.Server.Persistence.Deployments;

namespace Chat.Server.Reactions;

/// <summary>Drops what deletions and erasures have left of reactions: these drop some, so that nobody waits for them
/// long. Nobody is shown the rest.</summary>
internal sealed partial class ReactionDropper(
    ReactionStore store, LogIdentity identity, TimeProvider time, ILogger<ReactionDropper> logger) : BackgroundService
{
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var turns = new PeriodicTimer(Turn, time);
        while (await turns.WaitForNextTickAsync(stoppingToken))
            // Below that level no reaction was ever stored: nothing is asked.
            if (identity.Current is { Requires: >= Deployment.LevelOfMessages }) await DropAsync(stoppingToken);
    }

    private async Task DropAsync(CancellationToken ct)
    {
        try
        {
            while (await store.DropAsync(ct)) { }
        }
        catch (StoreException e)
        {
            Log.NotDropped(logger, e);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(9820, LogLevel.Warning,
            "Reactions to messages that are gone could not be dropped now; it is tried again")]
        public static partial void NotDropped(ILogger logger, Exception exception);
    }
}
