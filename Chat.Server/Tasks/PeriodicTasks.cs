using System.Globalization;
using Chat.Server.Persistence;

namespace Chat.Server.Tasks;

/// <summary>Enqueues the periodic tasks. Every instance tries; the unique key of the period admits one.</summary>
internal sealed partial class PeriodicTasks(
    IEnumerable<PeriodicTask> tasks, ITaskQueue queue, IHostApplicationLifetime lifetime, TimeProvider time,
    ILogger<PeriodicTasks> logger)
    : BackgroundService
{
    /// <summary>The queue of those tasks. It has no configured weight, so it has the lowest.</summary>
    public const string Queue = "upkeep";

    private readonly List<PeriodicTask> _tasks = [.. tasks];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await lifetime.WhenStartedAsync(stoppingToken);
        await Task.WhenAll(_tasks.Select(task => RunAsync(task, stoppingToken)));
    }

    private async Task RunAsync(PeriodicTask task, CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            var now = time.GetUtcNow();
            var period = now.Ticks / task.Interval.Ticks;
            try
            {
                await queue.EnqueueAsync(task.Type, [], PlanOf(task, period), ct);
            }
            catch (StoreException e)
            {
                Log.NotEnqueued(logger, task.Type, e);
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return;
            }
            var next = new DateTimeOffset((period + 1) * task.Interval.Ticks, TimeSpan.Zero) - now;
            await Task.Delay(next, time, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static TaskPlan PlanOf(PeriodicTask task, long period) => new()
    {
        Queue = Queue, MaxRetry = 3, UniqueKey = period.ToString(CultureInfo.InvariantCulture),
        UniqueFor = 2 * task.Interval, UniqueBeyondCompletion = true, Retention = 2 * task.Interval,
    };

    private static partial class Log
    {
        [LoggerMessage(9020, LogLevel.Warning, "The periodic task {Type} could not be enqueued this time")]
        public static partial void NotEnqueued(ILogger logger, string type, Exception exception);
    }
}
