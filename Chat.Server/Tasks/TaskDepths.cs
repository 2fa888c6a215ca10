using Chat.Server.Persistence;
using Chat.Server.Tasks.Store;

namespace Chat.Server.Tasks;

/// <summary>Keeps the metric of waiting tasks fresh.</summary>
internal sealed class TaskDepths(
    TaskAdminStore store, TaskQueues queues, TaskMetrics metrics, IHostApplicationLifetime lifetime, TimeProvider time)
    : BackgroundService
{
    /// <summary>Between two counts: no more often than Prometheus commonly asks.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(15);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await lifetime.WhenStartedAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var counts = await store.CountWaitingAsync(stoppingToken);
                // Names that others made up must not become labels.
                var shown = queues.Weights.Keys.ToDictionary(name => name, name => counts.GetValueOrDefault(name),
                    StringComparer.Ordinal);
                shown["other"] = counts.Where(count => !queues.Weights.ContainsKey(count.Key))
                    .Sum(count => count.Value);
                metrics.Waits(shown);
            }
            catch (StoreException)
            {
                // The worker says so in the log; the last count stands until the next.
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            await Task.Delay(Pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
