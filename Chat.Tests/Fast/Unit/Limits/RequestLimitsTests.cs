using System.Net;
using Chat.Server.Limits;
using Chat.Tests.Fixtures;
using FluentAssertions;

namespace Chat.Tests.Unit.Limits;

/// <summary>CH-123: how many requests an address may make.</summary>
public sealed class RequestLimitsTests : IDisposable
{
    private readonly ManualTime _time = new();
    private readonly MetricsHarness _metrics = new();

    public void Dispose() => _metrics.Dispose();

    [Fact]
    public void An_address_has_a_thousand_at_once_and_a_hundred_per_second()
    {
        var requests = Create(factor: 1);
        for (var i = 0; i < 1_000; i++) Take(requests, "203.0.113.7").Should().BeNull();
        Take(requests, "203.0.113.7").Should().Be(TimeSpan.FromMilliseconds(10));
        Take(requests, "203.0.113.8").Should().BeNull("that is another");
        for (var i = 0; i < 2_000; i++) Take(requests, "127.0.0.1").Should().BeNull("it is this machine");
        _time.Advance(TimeSpan.FromSeconds(1));
        for (var i = 0; i < 100; i++) Take(requests, "203.0.113.7").Should().BeNull();
        Take(requests, "203.0.113.7").Should().NotBeNull();
        _metrics.Scrape()["chat_rate_limited_total"].Single(("limit", "requests")).Should().Be(2);
    }

    [Fact]
    public void Zero_turns_it_off()
    {
        var requests = Create(factor: 0);
        for (var i = 0; i < 2_000; i++) Take(requests, "203.0.113.7").Should().BeNull();
    }

    private static TimeSpan? Take(RequestLimits requests, string address) =>
        requests.Take(IPAddress.Parse(address))?.RetryAfter;

    private RequestLimits Create(double factor) =>
        new(new LimitsOptions { Factor = factor }, new CountedAddresses([]), new LimitMetrics(_metrics.Factory), _time);
}
