using System.Collections.Concurrent;

namespace Chat.Server.Observability.Prometheus;

using Tag = KeyValuePair<string, object?>;

/// <summary>One instrument and all its series.</summary>
internal sealed class MetricSeries
{
    /// <summary>More series than this go into one that is marked as the overflow: tags must not be a way to fill the
    /// memory.</summary>
    public const int MaxSeries = 1_000;

    private const string OverflowLabels = "otel_metric_overflow=\"true\"";

    private readonly ConcurrentDictionary<TagSet, SeriesCell> _byTags = new(new TagSet.Comparer());
    private readonly ConcurrentDictionary<TagSet, SeriesCell>.AlternateLookup<ReadOnlySpan<Tag>> _bySpan;
    private readonly Dictionary<string, SeriesCell> _byLabels = new(StringComparer.Ordinal);
    private readonly Lock _adding = new();
    private readonly MetricsCollector _owner;
    private SeriesCell? _tagless;

    public MetricSeries(MetricsCollector owner, string name, string help, MetricKind kind, double[]? bounds)
    {
        _owner = owner;
        _bySpan = _byTags.GetAlternateLookup<ReadOnlySpan<Tag>>();
        (Name, Help, Kind, Bounds) = (name, help, kind, bounds);
    }

    public string Name { get; }

    public string Help { get; }

    public MetricKind Kind { get; }

    /// <summary>Upper bounds of a histogram's buckets, without +Inf; else null.</summary>
    public double[]? Bounds { get; }

    public bool IsObserved => Kind is MetricKind.ObservedCounter or MetricKind.ObservedGauge;

    public void Measure(long value, ReadOnlySpan<Tag> tags)
    {
        if (Kind is MetricKind.Counter or MetricKind.UpDownCounter) CellFor(tags).Add(value);
        else Measure((double)value, tags);
    }

    public void Measure(double value, ReadOnlySpan<Tag> tags)
    {
        var cell = CellFor(tags);
        if (Kind == MetricKind.Histogram) cell.Record(value);
        else if (Kind is MetricKind.Counter or MetricKind.UpDownCounter) cell.Add(value);
        else cell.Set(value, _owner.Collection);
    }

    /// <summary>The series to print: of observed ones only those that were there this time.</summary>
    public SeriesCell[] Cells()
    {
        lock (_adding)
            return _byLabels.Values.Where(cell => !IsObserved || cell.SeenIn == _owner.Collection).ToArray();
    }

    private SeriesCell CellFor(ReadOnlySpan<Tag> tags)
    {
        if (tags.IsEmpty) return _tagless ?? AddTagless();
        return _bySpan.TryGetValue(tags, out var cell) ? cell : Add(tags);
    }

    private SeriesCell AddTagless()
    {
        lock (_adding) return _tagless ??= _byLabels[""] = new SeriesCell("", Bounds);
    }

    /// <summary>The same tags in another order are the same series, hence the second look by the written
    /// labels.</summary>
    private SeriesCell Add(ReadOnlySpan<Tag> tags)
    {
        var labels = PrometheusText.Labels(tags);
        lock (_adding)
        {
            var isFull = _byTags.Count >= MaxSeries;
            if (isFull) labels = OverflowLabels;
            if (!_byLabels.TryGetValue(labels, out var cell)) _byLabels[labels] = cell = new SeriesCell(labels, Bounds);
            if (!isFull) _bySpan.TryAdd(tags, cell);
            return cell;
        }
    }
}
