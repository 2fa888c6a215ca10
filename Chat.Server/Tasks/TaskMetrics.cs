using System.Diagnostics;
using System.Diagnostics.Metrics;
using Chat.Server.Observability;
using Chat.Server.Tasks.Store;

namespace Chat.Server.Tasks;

/// <summary>What the background queue counts. The queue is a tag only where it is one of the configured ones.</summary>
internal sealed class TaskMetrics
{
    private readonly Counter<long> _processed;
    private readonly Counter<long> _archived;
    private readonly Histogram<double> _seconds;
    private volatile IReadOnlyDictionary<string, long> _waiting = new Dictionary<string, long>();

    public TaskMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(ChatMetrics.MeterName);
        _processed = meter.CreateCounter<long>("chat.tasks.processed", "{task}",
            "Attempts at tasks, by queue and outcome");
        _archived = meter.CreateCounter<long>("chat.tasks.archived", "{task}",
            "Tasks that were given up, by queue: nobody does them until somebody runs them again");
        _seconds = meter.CreateHistogram(
            "chat.tasks.duration", "s", "Time of one attempt, by queue", null, HistogramBounds.Seconds);
        meter.CreateObservableGauge("chat.tasks.waiting", Waiting, "{task}",
            "Waiting tasks (pending, scheduled or for a retry), by queue; every instance shows all of "
                + "the database's");
    }

    /// <summary>How many wait, as of now.</summary>
    public void Waits(IReadOnlyDictionary<string, long> byQueue) => _waiting = byQueue;

    private IEnumerable<Measurement<long>> Waiting() =>
        _waiting.Select(queue =>
            new Measurement<long>(queue.Value, new KeyValuePair<string, object?>("queue", queue.Key)));

    /// <summary>An attempt has ended.</summary>
    public void Ended(string queue, TaskState state, TimeSpan took)
    {
        if (_processed.Enabled)
            _processed.Add(1, new TagList
            {
                { "queue", queue }, { "outcome", state == TaskState.Completed ? "completed" : "failed" },
            });
        if (state == TaskState.Archived && _archived.Enabled)
            _archived.Add(1, new KeyValuePair<string, object?>("queue", queue));
        if (_seconds.Enabled) _seconds.Record(took.TotalSeconds, new KeyValuePair<string, object?>("queue", queue));
    }
}
