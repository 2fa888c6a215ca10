using Chat.Server.Persistence;

namespace Chat.Server.Room;

/// <summary>Synchronises the cached clients of the room with the database, at two slow intervals.</summary>
internal sealed partial class RoomUpkeep(
    RoomClients clients, RoomDepartures departures, RoomOptions options, TimeProvider time, ILogger<RoomUpkeep> logger)
    : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(
        RunAsync(options.RecheckSeconds, () => clients.RecheckAsync(stoppingToken), stoppingToken),
        RunAsync(options.TouchSeconds, () => TouchAsync(stoppingToken), stoppingToken));

    private async Task RunAsync(int seconds, Func<Task> work, CancellationToken ct)
    {
        using var beat = new PeriodicTimer(TimeSpan.FromSeconds(seconds), time);
        while (await beat.WaitForNextTickAsync(ct))
        {
            try
            {
                await work();
            }
            catch (StoreException e)
            {
                Log.Failed(logger, e.Message); // the next beat tries again
            }
        }
    }

    private async Task TouchAsync(CancellationToken ct)
    {
        await clients.TouchAsync(ct); // first, so that no active client is removed
        var removed = await clients.RemoveInactiveAsync(ct);
        departures.Publish(removed);
        if (removed.Count > 0) Log.Removed(logger, removed.Count);
    }

    private static partial class Log
    {
        [LoggerMessage(6000, LogLevel.Warning, "The room's clients could not be compared with the database: {Reason}")]
        public static partial void Failed(ILogger logger, string reason);

        [LoggerMessage(6001, LogLevel.Information, "{Count} inactive clients were removed from the room")]
        public static partial void Removed(ILogger logger, int count);
    }
}
