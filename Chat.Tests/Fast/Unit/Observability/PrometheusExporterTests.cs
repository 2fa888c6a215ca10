using System.Diagnostics.Metrics;
using Chat.Server.Observability;
using Chat.Server.Observability.Prometheus;
using Xunit;

namespace Chat.Tests.Unit.Observability;

using Tag = KeyValuePair<string, object?>;

public sealed class PrometheusExporterTests : IDisposable
{
    private readonly MetricsHarness _harness = new();

    public void Dispose() => _harness.Dispose();

    [Fact]
    public void Each_kind_of_instrument_has_its_type_and_name()
    {
        var meter = _harness.Meter;
        meter.CreateCounter<int>("t.count", "{thing}", "Things").Add(2);
        meter.CreateCounter<double>("t.time", "s").Add(0.25);
        meter.CreateUpDownCounter<long>("t.level").Add(-3);
        meter.CreateGauge<double>("t.gauge", "By").Record(1.5);
        meter.CreateObservableCounter("t.seen", () => 9L);
        meter.CreateObservableGauge("t.pressure", () => double.PositiveInfinity);
        meter.CreateHistogram<long>("t.sizes", "By").Record(3);
        var scrape = _harness.Scrape();
        Assert.Equal(("counter", 2), (scrape["t_count_total"].Type, scrape["t_count_total"].Single()));
        Assert.Equal(0.25, scrape["t_time_seconds_total"].Single());
        Assert.Equal(("gauge", -3), (scrape["t_level"].Type, scrape["t_level"].Single()));
        Assert.Equal(1.5, scrape["t_gauge_bytes"].Single());
        Assert.Equal(("counter", 9), (scrape["t_seen_total"].Type, scrape["t_seen_total"].Single()));
        Assert.Equal(double.PositiveInfinity, scrape["t_pressure"].Single());
        Assert.Equal("histogram", scrape["t_sizes_bytes"].Type);
        Assert.Equal("# HELP t_count_total Things", scrape["t_count_total"].Help);
    }

    [Fact]
    public void Labels_and_help_are_escaped()
    {
        const string nasty = "a\"b\\c\nd{}=,é";
        _harness.Meter.CreateCounter<int>("t.nasty", null, "one\\two\nthree").Add(1, new Tag("9 bad-name", nasty));
        var metric = _harness.Scrape()["t_nasty_total"];
        Assert.Equal(1, metric.Single(("_9_bad_name", nasty)));
        Assert.Equal("# HELP t_nasty_total one\\\\two\\nthree", metric.Help);
    }

    [Fact]
    public void The_same_tags_in_another_order_are_the_same_series()
    {
        var counter = _harness.Meter.CreateCounter<int>("t.order");
        counter.Add(1, new Tag("a", 1), new Tag("b", true));
        counter.Add(1, new Tag("b", true), new Tag("a", 1));
        counter.Add(5);
        var metric = _harness.Scrape()["t_order_total"];
        Assert.Equal(2, metric.Single(("a", "1"), ("b", "True")));
        Assert.Equal(5, metric.Single());
    }

    [Fact]
    public void A_value_on_a_bound_is_in_that_bucket_and_one_above_all_only_in_Inf()
    {
        var advice = new InstrumentAdvice<double> { HistogramBucketBoundaries = [1, 2] };
        var histogram = _harness.Meter.CreateHistogram("t.edges", null, null, null, advice);
        foreach (var value in new[] { 0.5, 1, 1.5, 2, 99 }) histogram.Record(value, new Tag("k", "v"));
        var buckets = _harness.Scrape()["t_edges"].Samples.Where(s => s.Name == "t_edges_bucket")
            .Select(s => (s.Labels["le"], s.Value));
        Assert.Equal([("1", 2), ("2", 4), ("+Inf", 5)], buckets);
    }

    [Fact]
    public void An_observed_series_that_is_gone_is_not_printed_any_more()
    {
        var pools = new List<string> { "a", "b" };
        _harness.Meter.CreateObservableGauge("t.pools",
            () => pools.Select(pool => new Measurement<int>(1, new Tag("pool", pool))));
        Assert.Equal(2, _harness.Scrape()["t_pools"].Samples.Count);
        pools.Remove("a");
        Assert.Equal(1, _harness.Scrape()["t_pools"].Single(("pool", "b")));
    }

    [Fact]
    public void One_broken_instrument_does_not_spoil_the_scrape()
    {
        _harness.Meter.CreateObservableGauge("t.broken", int () => throw new InvalidTimeZoneException());
        _harness.Meter.CreateObservableGauge("t.whole", () => 1);
        Assert.Equal(1, _harness.Scrape()["t_whole"].Single());
    }

    [Fact]
    public void Endless_tags_end_in_one_overflow_series()
    {
        var counter = _harness.Meter.CreateCounter<int>("t.many");
        for (var i = 0; i < MetricSeries.MaxSeries + 50; i++) counter.Add(1, new Tag("i", i));
        var metric = _harness.Scrape()["t_many_total"];
        Assert.Equal(MetricSeries.MaxSeries + 1, metric.Samples.Count);
        Assert.Equal(50, metric.Single(("otel_metric_overflow", "true")));
    }

    [Fact]
    public void The_runtime_is_there_and_another_servers_meters_are_not()
    {
        using var other = new MetricsHarness();
        other.Metrics.Delivered(1_000);
        var scrape = _harness.Scrape();
        Assert.False(scrape.ContainsKey("chat_entries_delivered_total"));
        Assert.True(scrape["dotnet_gc_collections_total"].Samples.Count >= 3);
        Assert.DoesNotContain(scrape.Keys, name => name.StartsWith("http_", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Counting_from_many_threads_loses_nothing()
    {
        const int threads = 4, each = 50_000;
        var seconds = _harness.Meter.CreateHistogram<double>("t.work", "s");
        await Task.WhenAll(Enumerable.Range(0, threads).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < each; i++)
            {
                _harness.Metrics.Delivered(2);
                seconds.Record(0.5);
            }
        })));
        var scrape = _harness.Scrape();
        Assert.Equal(2 * threads * each, scrape["chat_entries_delivered_total"].Single());
        Assert.Equal(threads * each,
            Assert.Single(scrape["t_work_seconds"].Samples, s => s.Name == "t_work_seconds_count").Value);
        Assert.Equal(threads * each * 0.5,
            Assert.Single(scrape["t_work_seconds"].Samples, s => s.Name == "t_work_seconds_sum").Value);
    }
}
