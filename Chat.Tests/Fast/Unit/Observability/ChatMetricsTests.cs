using System.Diagnostics.Metrics;
using Chat.Contracts.Errors;
using Chat.Server.Observability;
using Xunit;

namespace Chat.Tests.Unit.Observability;

/// <summary>Every instrument, by the name and number a dashboard would show.</summary>
public sealed class ChatMetricsTests : IDisposable
{
    private readonly MetricsHarness _harness = new();

    public void Dispose() => _harness.Dispose();

    [Fact]
    public void A_commit_counts_entries_duplicates_size_and_seconds()
    {
        _harness.Metrics.Committed(3, 1, TimeSpan.FromMilliseconds(2));
        _harness.Metrics.Committed(0, 2, TimeSpan.FromMilliseconds(8));
        var scrape = _harness.Scrape();
        Assert.Equal(3, scrape["chat_entries_committed_total"].Single());
        Assert.Equal(3, scrape["chat_entries_duplicate_total"].Single());
        AssertHistogram(scrape["chat_commit_batch_size"], count: 2, sum: 6);
        AssertHistogram(scrape["chat_commit_duration_seconds"], count: 2, sum: 0.01);
    }

    [Fact]
    public void Loops_that_commit()
    {
        Assert.Equal(1, _harness.Scrape()["chat_append_lanes"].Single());
        _harness.Metrics.AppendLanes(4);
        Assert.Equal(4, _harness.Scrape()["chat_append_lanes"].Single());
    }

    [Fact]
    public void Deliveries_and_their_lag()
    {
        _harness.Metrics.Delivered(5);
        _harness.Metrics.Delivered(2);
        _harness.Metrics.SignalsDelivered(3);
        _harness.Metrics.SignalsDelivered(1);
        _harness.Metrics.DeliveryLag(TimeSpan.FromMilliseconds(3));
        var scrape = _harness.Scrape();
        Assert.Equal(7, scrape["chat_entries_delivered_total"].Single());
        Assert.Equal(4, scrape["chat_signals_delivered_total"].Single());
        AssertHistogram(scrape["chat_delivery_lag_seconds"], count: 1, sum: 0.003);
        var bucket = scrape["chat_delivery_lag_seconds"].Samples.First(
            s => s.Name.EndsWith("_bucket", StringComparison.Ordinal) && s.Value == 1);
        Assert.Equal("0.005", bucket.Labels["le"]);
    }

    [Fact]
    public void Log_reads_slow_closes_gaps_and_refused_operators()
    {
        _harness.Metrics.LogRead();
        _harness.Metrics.ReaderClosedAsSlow();
        _harness.Metrics.FeedGap();
        _harness.Metrics.FeedGap();
        _harness.Metrics.OperatorRefused();
        _harness.Metrics.GenerationChanged();
        _harness.Metrics.BackplaneForeign();
        var scrape = _harness.Scrape();
        Assert.Equal(1, scrape["chat_log_reads_total"].Single());
        Assert.Equal(1, scrape["chat_readers_slow_closed_total"].Single());
        Assert.Equal(1, scrape["chat_log_generations_total"].Single());
        Assert.Equal(1, scrape["chat_backplane_foreign_total"].Single());
        Assert.Equal(2, scrape["chat_feed_gaps_total"].Single());
        Assert.Equal(1, scrape["chat_operators_refused_total"].Single());
    }

    [Fact]
    public void Refusals_are_counted_by_their_code()
    {
        // A server never refuses with a code that it does not know.
        var codes = Enum.GetValues<ChatErrorCode>().Except([ChatErrorCode.Unknown]).ToList();
        foreach (var code in codes) _harness.Metrics.Refused(code);
        _harness.Metrics.Refused(ChatErrorCode.Forbidden);
        var refusals = _harness.Scrape()["chat_refusals_total"];
        foreach (var code in codes)
            Assert.Equal(code == ChatErrorCode.Forbidden ? 2 : 1, refusals.Single(("code", code.ToWire())));
    }

    [Fact]
    public void Readers_feeds_and_connections_go_up_and_down()
    {
        _harness.Metrics.ReaderOpened();
        _harness.Metrics.ReaderOpened();
        _harness.Metrics.ReaderClosed();
        _harness.Metrics.FeedOpened();
        _harness.Metrics.ConnectionOpened(ChatTransport.SignalR);
        _harness.Metrics.ConnectionOpened(ChatTransport.WebSocket);
        _harness.Metrics.ConnectionOpened(ChatTransport.LongPoll);
        _harness.Metrics.ConnectionClosed(ChatTransport.LongPoll);
        var scrape = _harness.Scrape();
        Assert.Equal(1, scrape["chat_readers"].Single());
        Assert.Equal(1, scrape["chat_feeds"].Single());
        Assert.Equal(1, scrape["chat_connections"].Single(("transport", "signalr")));
        Assert.Equal(1, scrape["chat_connections"].Single(("transport", "websocket")));
        Assert.Equal(0, scrape["chat_connections"].Single(("transport", "long_poll")));
        _harness.Metrics.FeedClosed();
        Assert.Equal(0, _harness.Scrape()["chat_feeds"].Single());
    }

    [Fact]
    public void Messages_between_instances()
    {
        var metrics = _harness.Metrics;
        metrics.BackplaneNodes(2);
        metrics.BackplaneNode(1, up: true);
        for (var i = 0; i < 3; i++) metrics.BackplanePublished();
        metrics.BackplaneReceived();
        metrics.BackplaneDropped(outgoing: true);
        metrics.BackplaneDropped(outgoing: false);
        metrics.BackplaneDropped(outgoing: false);
        metrics.BackplanePublishFailed();
        metrics.BackplaneProbe(TimeSpan.FromMilliseconds(2));
        metrics.BackplaneChannelOpened();
        metrics.BackplaneChannelOpened();
        metrics.BackplaneChannelClosed();
        var scrape = _harness.Scrape();
        Assert.Equal(0, scrape["chat_backplane_up"].Single(("node", "0")));
        Assert.Equal(1, scrape["chat_backplane_up"].Single(("node", "1")));
        Assert.Equal(3, scrape["chat_backplane_published_total"].Single());
        Assert.Equal(1, scrape["chat_backplane_received_total"].Single());
        Assert.Equal(1, scrape["chat_backplane_dropped_total"].Single(("direction", "out")));
        Assert.Equal(2, scrape["chat_backplane_dropped_total"].Single(("direction", "in")));
        Assert.Equal(1, scrape["chat_backplane_publish_failures_total"].Single());
        Assert.Equal(1, scrape["chat_backplane_channels"].Single());
        AssertHistogram(scrape["chat_backplane_probe_duration_seconds"], count: 1, sum: 0.002);
    }

    [Fact]
    public void Presence_counts_changes_and_shows_users_and_instances()
    {
        Assert.Equal(1, _harness.Scrape()["chat_presence_instances"].Single());
        _harness.Metrics.PresenceChanged(1);
        _harness.Metrics.PresenceChanged(2);
        _harness.Metrics.PresenceChanged(1);
        _harness.Metrics.PresenceInstances(3);
        var scrape = _harness.Scrape();
        Assert.Equal(3, scrape["chat_presence_changes_total"].Single());
        Assert.Equal(1, scrape["chat_presence_online_users"].Single());
        Assert.Equal(3, scrape["chat_presence_instances"].Single());
    }

    [Fact]
    public void Draining_is_0_until_the_instance_is_on_its_way_out()
    {
        Assert.Equal(0, _harness.Scrape()["chat_draining"].Single());
        _harness.Metrics.DrainBegun();
        Assert.Equal(1, _harness.Scrape()["chat_draining"].Single());
    }

    [Fact]
    public void Every_instrument_is_covered_by_a_test_here()
    {
        var names = new List<string>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, _) =>
        {
            if (ReferenceEquals(instrument.Meter.Scope, _harness.Factory)) names.Add(instrument.Name);
        };
        listener.Start();
        string[] covered =
        [
            "chat.append.lanes", "chat.backplane.channels", "chat.backplane.dropped", "chat.backplane.foreign",
            "chat.backplane.probe.duration",
            "chat.backplane.publish_failures", "chat.backplane.published",
            "chat.backplane.received", "chat.backplane.up", "chat.commit.batch_size", "chat.commit.duration",
            "chat.connections", "chat.delivery.lag", "chat.draining",
            "chat.entries.committed", "chat.entries.delivered", "chat.entries.duplicate", "chat.feed.gaps",
            "chat.feeds", "chat.log.generations", "chat.log.reads", "chat.operators.refused", "chat.presence.changes",
            "chat.presence.instances", "chat.presence.online_users", "chat.readers", "chat.readers.slow_closed",
            "chat.refusals", "chat.signals.delivered",
        ];
        Assert.Equal(covered, names.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Measuring_allocates_nothing()
    {
        var metrics = _harness.Metrics;
        Assert.Equal(0, Allocations.BytesOf(() => Measure(metrics))); // the first time makes the series
    }

    private static void Measure(ChatMetrics metrics)
    {
        metrics.Committed(1, 1, TimeSpan.FromMilliseconds(1));
        metrics.Delivered(1);
        metrics.DeliveryLag(TimeSpan.FromMilliseconds(1));
        metrics.Refused(ChatErrorCode.BadRequest);
        metrics.LogRead();
        metrics.ConnectionOpened(ChatTransport.SignalR);
        metrics.BackplanePublished();
        metrics.BackplaneReceived();
        metrics.BackplaneDropped(outgoing: true);
        metrics.BackplaneProbe(TimeSpan.FromMilliseconds(1));
    }

    private static void AssertHistogram(ParsedMetric histogram, int count, double sum)
    {
        Assert.Equal("histogram", histogram.Type);
        Assert.Equal(count, Assert.Single(histogram.Samples, s => s.Name == histogram.Name + "_count").Value);
        Assert.Equal(sum, Assert.Single(histogram.Samples, s => s.Name == histogram.Name + "_sum").Value, 9);
    }
}
