namespace Chat.Server.Persistence.Postgres;

/// <summary>Compares the clock with the database's again and again: neither runs quite true, and a machine that was
/// suspended has lost time.</summary>
internal sealed class PostgresClockReader(PostgresConnections connections, DatabaseClock clock) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(Pause, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            try
            {
                await connections.ReadClockAsync(stoppingToken);
            }
            catch (StoreException)
            {
                // The clock goes on with this machine's; a new connection reads it before anything else.
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
        }
    }
}
