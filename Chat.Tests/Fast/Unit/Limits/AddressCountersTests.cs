using System.Net;
using Chat.Server.Limits;
using FluentAssertions;

namespace Chat.Tests.Unit.Limits;

public sealed class AddressCountersTests
{
    private readonly ManualTime _time = new();
    private readonly AddressCounters _counters;

    public AddressCountersTests() => _counters = new AddressCounters(new Rate(PerSecond: 1, Burst: 1), _time);

    [Theory]
    [InlineData("192.0.2.1", "192.0.2.2", true)]
    [InlineData("192.0.2.1", "::ffff:192.0.2.1", false)]
    [InlineData("2001:db8::1", "2001:db8::2", false)]
    [InlineData("2001:db8::1", "2001:db8:0:1::1", true)]
    [InlineData("127.0.0.1", "::1", true)]
    public void An_IPv4_address_counts_alone_and_an_IPv6_address_with_its_network(
        string first, string second, bool areTwo)
    {
        IsTaken(first).Should().BeTrue();
        IsTaken(first).Should().BeFalse();
        IsTaken(second).Should().Be(areTwo);
    }

    [Fact]
    public void More_addresses_than_are_kept_share_a_counter_until_others_have_rested()
    {
        for (var i = 0; i < AddressCounters.Most; i++)
            _counters.Take(new IPAddress(i + 1)).Should().Be(TimeSpan.Zero);
        IsTaken("203.0.113.1").Should().BeTrue();
        IsTaken("203.0.113.2").Should().BeFalse("it shares the counter of the first that was too many");
        _time.Advance(TimeSpan.FromSeconds(2));
        IsTaken("203.0.113.1").Should().BeTrue();
        IsTaken("203.0.113.2").Should().BeTrue("the others were forgotten");
    }

    private bool IsTaken(string address) => _counters.Take(IPAddress.Parse(address)) == TimeSpan.Zero;
}
