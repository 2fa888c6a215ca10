using System.Diagnostics.Metrics;

namespace Chat.Server.Observability.Prometheus;

/// <summary>Adds up what this process measures, for a scraper to read.</summary>
internal sealed class MetricsCollector : IDisposable
{
    private static readonly HashSet<string> Meters = new(StringComparer.Ordinal)
    {
        ChatMetrics.MeterName, "System.Runtime", "Microsoft.AspNetCore.Server.Kestrel", "Npgsql",
    };

    private readonly IMeterFactory _scope;
    private readonly MeterListener _listener = new();
    private readonly Dictionary<string, MetricSeries> _metrics = new(StringComparer.Ordinal);
    private readonly Lock _publishing = new();
    private readonly Lock _collecting = new();

    /// <param name="scope">Meters of other factories are not listened to: tests run several servers in one
    /// process.</param>
    public MetricsCollector(IMeterFactory scope)
    {
        _scope = scope;
        _listener.InstrumentPublished = Listen;
        _listener.SetMeasurementEventCallback<long>(
            static (_, value, tags, state) => ((MetricSeries)state!).Measure(value, tags));
        _listener.SetMeasurementEventCallback<int>(
            static (_, value, tags, state) => ((MetricSeries)state!).Measure((long)value, tags));
        _listener.SetMeasurementEventCallback<short>(
            static (_, value, tags, state) => ((MetricSeries)state!).Measure((long)value, tags));
        _listener.SetMeasurementEventCallback<byte>(
            static (_, value, tags, state) => ((MetricSeries)state!).Measure((long)value, tags));
        _listener.SetMeasurementEventCallback<double>(
            static (_, value, tags, state) => ((MetricSeries)state!).Measure(value, tags));
        _listener.SetMeasurementEventCallback<float>(
            static (_, value, tags, state) => ((MetricSeries)state!).Measure((double)value, tags));
        _listener.SetMeasurementEventCallback<decimal>(
            static (_, value, tags, state) => ((MetricSeries)state!).Measure((double)value, tags));
        _listener.Start();
    }

    /// <summary>Rises with each collection; an observed value that is not seen in it is gone.</summary>
    public int Collection { get; private set; }

    public void Dispose() => _listener.Dispose();

    /// <summary>Asks the observed instruments and returns all that have a series, by name.</summary>
    public IReadOnlyList<MetricSample> Collect()
    {
        lock (_collecting)
        {
            Collection++;
            try
            {
                _listener.RecordObservableInstruments();
            }
            catch (AggregateException)
            {
                // One instrument's callback threw; the others were asked all the same, and a scrape must not fail for
                // it.
            }
            lock (_publishing)
                return _metrics.Values
                    .Select(metric => new MetricSample(metric, metric.Cells()))
                    .Where(sample => sample.Cells.Count > 0)
                    .OrderBy(sample => sample.Metric.Name, StringComparer.Ordinal)
                    .ToArray();
        }
    }

    private void Listen(Instrument instrument, MeterListener listener)
    {
        var meter = instrument.Meter;
        if (!Meters.Contains(meter.Name) || (meter.Scope is not null && !ReferenceEquals(meter.Scope, _scope))) return;
        if (KindOf(instrument) is not { } kind) return;
        var name = PrometheusName.For(instrument.Name, instrument.Unit, kind);
        MetricSeries? metric;
        lock (_publishing)
        {
            // A name has one type: a second instrument of the name joins the first, or is left out when it is of
            // another kind.
            if (!_metrics.TryGetValue(name, out metric))
                _metrics[name] = metric = new MetricSeries(this, name, instrument.Description ?? "", kind,
                    kind == MetricKind.Histogram ? HistogramBounds.For(instrument) : null);
            else if (metric.Kind != kind) return;
        }
        listener.EnableMeasurementEvents(instrument, metric);
    }

    private static MetricKind? KindOf(Instrument instrument)
    {
        var type = instrument.GetType();
        if (!type.IsGenericType) return null;
        var generic = type.GetGenericTypeDefinition();
        if (generic == typeof(Counter<>)) return MetricKind.Counter;
        if (generic == typeof(UpDownCounter<>)) return MetricKind.UpDownCounter;
        if (generic == typeof(Gauge<>)) return MetricKind.Gauge;
        if (generic == typeof(Histogram<>)) return MetricKind.Histogram;
        if (generic == typeof(ObservableCounter<>)) return MetricKind.ObservedCounter;
        return generic == typeof(ObservableUpDownCounter<>) || generic == typeof(ObservableGauge<>)
            ? MetricKind.ObservedGauge
            : null;
    }
}
