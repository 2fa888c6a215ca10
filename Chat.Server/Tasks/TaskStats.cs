using Chat.Server.Tasks.Store;

namespace Chat.Server.Tasks;

/// <summary>Counts attempts, for the metrics and, per minute, for the page.</summary>
internal sealed class TaskStats(TaskUpkeepStore store, TaskQueues queues, TaskMetrics metrics)
{
    private readonly Lock _gate = new();
    private Dictionary<(string Queue, long Minute), (long Processed, long Failed)> _minutes = [];

    public void Ended(ClaimedTask task, TaskState state, TimeSpan took, DateTimeOffset now)
    {
        var failed = state != TaskState.Completed;
        metrics.Ended(queues.Weights.ContainsKey(task.Queue) ? task.Queue : "other", state, took);
        var key = (task.Queue, now.ToUnixTimeSeconds() / 60);
        lock (_gate)
        {
            var known = _minutes.GetValueOrDefault(key);
            _minutes[key] = (known.Processed + 1, known.Failed + (failed ? 1 : 0));
        }
    }

    public async Task FlushAsync(CancellationToken ct)
    {
        Dictionary<(string Queue, long Minute), (long Processed, long Failed)> minutes;
        lock (_gate) (minutes, _minutes) = (_minutes, []);
        if (minutes.Count == 0) return;
        try
        {
            await store.AddStatsAsync(
                [.. minutes.Select(
                    m => new TaskStatRow
                    {
                        Queue = m.Key.Queue, Minute = m.Key.Minute, Processed = m.Value.Processed,
                        Failed = m.Value.Failed
                    })], ct);
        }
        catch
        {
            lock (_gate)
            {
                foreach (var (key, counted) in minutes)
                {
                    var known = _minutes.GetValueOrDefault(key);
                    _minutes[key] = (known.Processed + counted.Processed, known.Failed + counted.Failed);
                }
            }
            throw;
        }
    }
}
