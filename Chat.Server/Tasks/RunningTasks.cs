using System.Collections.Concurrent;
using Chat.Server.Tasks.Store;

namespace Chat.Server.Tasks;

/// <summary>The tasks of this instance's workers, and their results until they are stored.</summary>
internal sealed class RunningTasks(
    TaskRunner runner, WorkerSlots slots, TaskStats stats, TaskBell bell, TimeProvider time)
{
    private readonly ConcurrentDictionary<long, Run> _running = new();
    private readonly ConcurrentQueue<FinishedTask> _finished = new();
    private readonly CancellationTokenSource _giveBack = new();

    public List<long> Numbers => [.. _running.Keys];

    /// <summary>True when some results are not stored yet.</summary>
    public bool HasFinished => !_finished.IsEmpty;

    /// <summary>Completes when all current tasks have ended.</summary>
    public Task Ending => Task.WhenAll(_running.Values.Select(run => run.Work).Distinct());

    /// <summary>Takes the results to store.</summary>
    public List<FinishedTask> TakeFinished()
    {
        var finished = new List<FinishedTask>();
        while (_finished.TryDequeue(out var one)) finished.Add(one);
        return finished;
    }

    /// <summary>The results could not be stored: they are stored with the next exchange.</summary>
    public void PutBack(List<FinishedTask> finished) => finished.ForEach(_finished.Enqueue);

    /// <summary>Begins them. Those of one group share a worker.</summary>
    /// <returns>How many workers of each queue that took.</returns>
    public Dictionary<string, int> Begin(List<ClaimedTask> claimed)
    {
        var workers = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var together in claimed.GroupBy(task => task.GroupKey ?? (object)task.Number))
        {
            ClaimedTask[] tasks = [.. together];
            var queue = tasks[0].Queue;
            workers[queue] = workers.GetValueOrDefault(queue) + 1;
            slots.Take(queue);
            Begin(tasks);
        }
        return workers;
    }

    /// <summary>It was claimed by another worker: it ends here.</summary>
    public void Cancel(long number)
    {
        if (_running.TryGetValue(number, out var run)) run.Cancel();
    }

    /// <summary>Stops all running tasks, which are given back.</summary>
    public Task GiveBackAsync() => _giveBack.CancelAsync();

    private void Begin(ClaimedTask[] tasks)
    {
        var stop = CancellationTokenSource.CreateLinkedTokenSource(_giveBack.Token);
        var run = new Run(stop);
        foreach (var task in tasks)
        {
            // A task that was reclaimed from this instance and comes back before that was noticed runs only once.
            Cancel(task.Number);
            _running[task.Number] = run;
        }
        run.Work = Task.Run(() => RunAsync(tasks, run, stop), CancellationToken.None);
    }

    private async Task RunAsync(ClaimedTask[] tasks, Run run, CancellationTokenSource stop)
    {
        try
        {
            await new GroupRun(runner, (finished, took) => Ended(finished, took, run), time)
                .RunAsync(tasks, stop.Token);
        }
        finally
        {
            slots.Give(tasks[0].Queue);
            stop.Dispose();
            bell.Wake();
        }
    }

    private void Ended(FinishedTask finished, TimeSpan took, Run run)
    {
        if (!finished.GivenBack) stats.Ended(finished.Task, finished.State, took, time.GetUtcNow());
        // otherwise a later attempt runs here, which is the valid one
        if (_running.TryRemove(new(finished.Task.Number, run))) _finished.Enqueue(finished);
    }

    private sealed class Run(CancellationTokenSource stop)
    {
        public Task Work { get; set; } = Task.CompletedTask;

        public void Cancel()
        {
            try
            {
                stop.Cancel();
            }
            catch (ObjectDisposedException)
            {
                // NOTE: it has just ended.
            }
        }
    }
}
