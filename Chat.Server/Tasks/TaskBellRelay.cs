using Chat.Server.Concurrency;
using Chat.Server.Persistence;
using Chat.Server.Tasks.Store;

namespace Chat.Server.Tasks;

/// <summary>Passes this instance's rings on to the others, and theirs on to this one.</summary>
internal sealed class TaskBellRelay(TaskBell bell, ITaskSignals signals, TasksOptions options, TimeProvider time)
    : BackgroundService
{
    /// <summary>Between two signals: a busy queue needs no more, because its workers look again by
    /// themselves.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly WakeOnce _rang = new();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        bell.Rang += _rang.Set;
        try
        {
            await Task.WhenAll(EverAgainAsync(SendAsync, stoppingToken),
                EverAgainAsync(ct => signals.ListenAsync(bell.Wake, ct), stoppingToken));
        }
        finally
        {
            bell.Rang -= _rang.Set;
        }
    }

    private async Task SendAsync(CancellationToken ct)
    {
        await _rang.WaitAsync(ct);
        await signals.SendAsync(ct);
        await Task.Delay(Pause, time, ct);
    }

    /// <summary>A database that is away is noticed and logged by the worker; here it only makes the signals
    /// rest.</summary>
    private async Task EverAgainAsync(Func<CancellationToken, Task> work, CancellationToken ct)
    {
        for (var failures = 0; !ct.IsCancellationRequested;)
        {
            try
            {
                await work(ct);
                failures = 0;
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return;
            }
            catch (StoreException)
            {
                await options.Pauses.WaitAsync(failures++, time, ct)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}
