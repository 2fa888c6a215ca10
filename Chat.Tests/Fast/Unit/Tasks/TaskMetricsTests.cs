using Chat.Server.Observability;
using Chat.Server.Tasks;
using Chat.Server.Tasks.Store;

namespace Chat.Tests.Unit.Tasks;

/// <summary>Every instrument of the background queue, by the name and number a dashboard would show.</summary>
public sealed class TaskMetricsTests : IDisposable
{
    private readonly MetricsHarness _harness = new();
    private readonly TaskMetrics _metrics;

    public TaskMetricsTests() => _metrics = new TaskMetrics(_harness.Factory);

    public void Dispose() => _harness.Dispose();

    [Fact]
    public void Attempts_are_counted_by_queue_and_outcome_and_timed()
    {
        _metrics.Ended("critical", TaskState.Completed, TimeSpan.FromMilliseconds(20));
        _metrics.Ended("critical", TaskState.Completed, TimeSpan.FromMilliseconds(30));
        _metrics.Ended("critical", TaskState.Retry, TimeSpan.FromMilliseconds(50));
        _metrics.Ended("other", TaskState.Archived, TimeSpan.FromMilliseconds(1));
        var scrape = _harness.Scrape();
        var processed = scrape["chat_tasks_processed_total"];
        Assert.Equal(2, processed.Single(("queue", "critical"), ("outcome", "completed")));
        Assert.Equal(1, processed.Single(("queue", "critical"), ("outcome", "failed")));
        Assert.Equal(1, processed.Single(("queue", "other"), ("outcome", "failed")));
        Assert.Equal(1, Assert.Single(scrape["chat_tasks_archived_total"].Samples).Value);
        var seconds = scrape["chat_tasks_duration_seconds"].Samples.Where(
            sample => sample.Labels.GetValueOrDefault("queue") == "critical").ToList();
        Assert.Equal(3, seconds.Single(sample => sample.Name.EndsWith("_count", StringComparison.Ordinal)).Value);
        Assert.Equal(0.1, seconds.Single(sample => sample.Name.EndsWith("_sum", StringComparison.Ordinal)).Value, 6);
    }

    [Fact]
    public void Waiting_tasks_are_those_of_the_last_count()
    {
        Assert.False(_harness.Scrape().TryGetValue("chat_tasks_waiting", out var none) && none.Samples.Count > 0);
        _metrics.Waits(new Dictionary<string, long> { ["critical"] = 9, ["other"] = 1 });
        _metrics.Waits(new Dictionary<string, long> { ["critical"] = 4, ["other"] = 0 });
        var waiting = _harness.Scrape()["chat_tasks_waiting"];
        Assert.Equal(4, waiting.Single(("queue", "critical")));
        Assert.Equal(0, waiting.Single(("queue", "other")));
    }
}
