using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Chat.Server.Observability;

namespace Chat.Server.Observers;

/// <summary>Counts what observers are shown, and shows how far behind those are that run here.</summary>
internal sealed class ObserverMetrics
{
    private readonly ConcurrentDictionary<ObserverSession, bool> _sessions = [];
    private readonly Counter<long> _shown;
    private readonly Counter<long> _failures;
    private readonly Counter<long> _lost;

    public ObserverMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(ChatMetrics.MeterName);
        _shown = meter.CreateCounter<long>(
            "chat.observer.shown", "{entry}", "Entries that observers were shown, repeats included");
        _failures = meter.CreateCounter<long>("chat.observer.failures", "{call}", "Calls of observers that failed");
        _lost = meter.CreateCounter<long>("chat.observer.marks_lost", "{mark}",
            "Marks behind the end of the log: entries that were shown are no longer there");
        meter.CreateObservableGauge("chat.observer.entries_behind", () => Observe(static s => s.EntriesBehind),
            "{entry}", "Entries that an observer of this instance was not shown yet");
        meter.CreateObservableGauge("chat.observer.seconds_behind", () => Observe(static s => s.SecondsBehind), "s",
            "Age of the first entry that an observer of this instance was not shown yet");
        meter.CreateObservableGauge("chat.observer.parked", () => Observe(static s => s.ParkedCount),
            "{conversation}", "Conversations that an observer of this instance failed with");
        meter.CreateObservableGauge("chat.observer.stalled", () => Observe(static s => s.IsStalled ? 1L : 0L), "",
            "1 for an observer of this instance that fails everywhere");
    }

    public void Add(ObserverSession session) => _sessions.TryAdd(session, true);

    public void Remove(ObserverSession session) => _sessions.TryRemove(session, out _);

    public void Shown(string observer, int entries) => _shown.Add(entries, TagOf(observer));

    public void Failed(string observer) => _failures.Add(1, TagOf(observer));

    /// <summary>Whether it fails everywhere; null: it does not run here.</summary>
    public bool? IsStalled(string observer) =>
        _sessions.Keys.FirstOrDefault(session => session.Name == observer)?.IsStalled;

    public void MarksLost(int count) => _lost.Add(count);

    private IEnumerable<Measurement<T>> Observe<T>(Func<ObserverSession, T> value) where T : struct =>
        _sessions.Select(pair => new Measurement<T>(value(pair.Key), TagOf(pair.Key.Name)));

    private static KeyValuePair<string, object?> TagOf(string observer) => new("observer", observer);
}
