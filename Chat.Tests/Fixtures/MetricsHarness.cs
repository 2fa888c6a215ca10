using System.Diagnostics.Metrics;
using Chat.Server.Observability;
using Chat.Server.Observability.Prometheus;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Tests.Fixtures;

/// <summary>A meter factory of its own, the server's instruments on it, and the exporter that listens to it.</summary>
internal sealed class MetricsHarness : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();

    public MetricsHarness()
    {
        Factory = _services.GetRequiredService<IMeterFactory>();
        Collector = new MetricsCollector(Factory);
        Metrics = new ChatMetrics(Factory);
    }

    public IMeterFactory Factory { get; }

    public MetricsCollector Collector { get; }

    public ChatMetrics Metrics { get; }

    /// <summary>A meter that the exporter listens to, for instruments of the test's own.</summary>
    public Meter Meter => Factory.Create(new MeterOptions(ChatMetrics.MeterName) { Version = "test" });

    public Dictionary<string, ParsedMetric> Scrape() =>
        PrometheusParser.Parse(PrometheusText.Write(Collector.Collect()));

    public void Dispose()
    {
        Collector.Dispose();
        _services.Dispose();
    }
}
