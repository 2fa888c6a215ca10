using Chat.Server.Limits;
using Chat.Tests.Fixtures;

namespace Chat.Tests.Unit.Limits;

/// <summary>CH-124: so many hub connections may be negotiated and not open.</summary>
public sealed class NegotiatedConnectionsTests : IDisposable
{
    private readonly ManualTime _time = new();
    private readonly MetricsHarness _metrics = new();
    private readonly NegotiatedConnections _negotiated;

    public NegotiatedConnectionsTests() => _negotiated = new(new LimitMetrics(_metrics.Factory), _time);

    public void Dispose() => _metrics.Dispose();

    [Fact]
    public void Beyond_as_many_as_there_may_be_one_is_refused_with_the_time_to_wait()
    {
        Assert.Equal(NegotiatedConnections.Most, Taken(NegotiatedConnections.Most + 10));
        Assert.Equal("too_many_connections: 16384 connections were negotiated and not opened, as many as there may "
            + "be; retry in 5000 ms", _negotiated.Add()!.ToHubText());
        Assert.Equal(11, _metrics.Scrape()["chat_rate_limited_total"].Single(("limit", "connections")));
    }

    [Fact]
    public void One_that_is_opened_makes_room_and_no_more_than_was_taken()
    {
        for (var i = 0; i < 100; i++) _negotiated.Open(); // some were never negotiated here
        Assert.Equal(NegotiatedConnections.Most, Taken(NegotiatedConnections.Most + 1));
        for (var i = 0; i < 3; i++) _negotiated.Open();
        Assert.Equal(3, Taken(10));
    }

    [Fact]
    public void What_is_never_opened_counts_for_as_long_as_the_framework_keeps_it_and_then_no_more()
    {
        Taken(NegotiatedConnections.Most);
        _time.Advance(NegotiatedConnections.Kept - TimeSpan.FromSeconds(1));
        Assert.Equal(0, Taken(1));
        _time.Advance(2 * NegotiatedConnections.Kept);
        Assert.Equal(NegotiatedConnections.Most, Taken(NegotiatedConnections.Most + 1));
    }

    private int Taken(int tries) => Enumerable.Range(0, tries).Count(_ => _negotiated.Add() is null);
}
