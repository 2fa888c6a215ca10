using System.Collections.Concurrent;

namespace Chat.Server.FanOut;

/// <summary>Owns short tasks that are not awaited: they are awaited at shutdown, and failures are logged.</summary>
internal sealed partial class BackgroundWork(ILogger<BackgroundWork> logger) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<Task, byte> _running = new();
    // not disposed: its token is used until the very end
    private readonly CancellationTokenSource _stopping = new();

    public CancellationToken Stopping => _stopping.Token;

    public void Run(Func<Task> work) => Watch(Task.Run(work));

    /// <summary>Owns a task that is running already.</summary>
    public void Watch(Task task)
    {
        if (task.IsCompletedSuccessfully) return;
        _running.TryAdd(task, 0);
        task.ContinueWith(Finish, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await Task.WhenAll(_running.Keys).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private void Finish(Task task)
    {
        _running.TryRemove(task, out _);
        if (task.IsFaulted) Log.Failed(logger, task.Exception!.GetBaseException());
    }

    private static partial class Log
    {
        [LoggerMessage(3000, LogLevel.Error, "Background work failed")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
