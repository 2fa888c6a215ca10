namespace Chat.Server.Observability.Prometheus;

internal enum MetricKind
{
    Counter,
    UpDownCounter,
    Gauge,
    Histogram,
    ObservedCounter,
    ObservedGauge,
}
