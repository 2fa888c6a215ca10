using Chat.Server.Tasks.Store;

namespace Chat.Server.Tasks;

/// <summary>Runs the tasks of a group that a worker claimed together, in their order. Those behind one that will be
/// retried are given back.</summary>
/// <param name="runner">Runs each.</param>
/// <param name="ended">Gets the result and duration of each.</param>
/// <param name="time">Measures the durations.</param>
internal sealed class GroupRun(TaskRunner runner, Action<FinishedTask, TimeSpan> ended, TimeProvider time)
{
    private readonly Queue<(Task<FinishedTask> Attempt, long Began)> _begun = new();
    private bool _isHeldUp;

    public async Task RunAsync(IReadOnlyList<ClaimedTask> tasks, CancellationToken giveBack)
    {
        Task? before = null;
        foreach (var task in tasks)
        {
            if (_isHeldUp)
            {
                ended(FinishedTask.GiveBack(task, time.GetUtcNow()), TimeSpan.Zero);
                continue;
            }
            var (turn, began) = (new TaskTurn(before), time.GetTimestamp());
            var attempt = runner.RunAsync(task, turn, giveBack);
            _begun.Enqueue((attempt, began));
            await Task.WhenAny(attempt, turn.Passed);
            before = turn.Effect ?? before;
            while (_begun.TryPeek(out var first) && first.Attempt.IsCompleted) await TellAsync();
        }
        while (_begun.Count > 0) await TellAsync();
    }

    private async Task TellAsync()
    {
        var (attempt, began) = _begun.Dequeue();
        var finished = await attempt;
        if (finished.State == TaskState.Retry)
        {
            // It was started before that was known, and could only fail.
            if (_isHeldUp) finished = FinishedTask.GiveBack(finished.Task, time.GetUtcNow());
            _isHeldUp = true;
        }
        ended(finished, time.GetElapsedTime(began));
    }
}
