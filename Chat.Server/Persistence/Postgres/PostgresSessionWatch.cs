namespace Chat.Server.Persistence.Postgres;

/// <summary>Asks the idle sessions again and again whether they are still there, and what time it is: a firewall
/// forgets connections that are quiet for a while, neither clock runs quite true, and a machine that was suspended has
/// lost time.</summary>
internal sealed partial class PostgresSessionWatch(
    PostgresConnections connections, DatabaseClock clock, ILogger<PostgresSessionWatch> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(Pause, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            try
            {
                await connections.AskAllAsync(stoppingToken);
            }
            catch (StoreException e)
            {
                // The clock goes on with this machine's; a new connection reads it before anything else.
                Log.NoAnswer(logger, e.InnerException?.Message ?? e.Message);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(2012, LogLevel.Warning,
            "Not all sessions of the database answer; those that do not are let go. {Reason}")]
        public static partial void NoAnswer(ILogger logger, string reason);
    }
}
