namespace Chat.Server.Observability.Prometheus;

/// <summary>A metric and the series it has at this collection.</summary>
internal sealed record MetricSample(MetricSeries Metric, IReadOnlyList<SeriesCell> Cells);
