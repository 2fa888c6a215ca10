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
            Func<CancellationToken, Task>[] works = [SendAsync, ct => signals.ListenAsync(bell.Wake, ct)];
            await Task.WhenAll(works.Select(
                work => EverAgain.RunAsync(work, options.Pauses, time, stoppingToken)));
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
}
