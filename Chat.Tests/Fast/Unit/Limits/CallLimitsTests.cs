using Chat.Contracts.Errors;
using Chat.Contracts.Protocol;
using Chat.Server.Limits;
using Chat.Server.Transports.SignalR;
using Chat.Tests.Fixtures;
using FluentAssertions;

namespace Chat.Tests.Unit.Limits;

/// <summary>CH-120, CH-121: how often a connection may do what.</summary>
public sealed class CallLimitsTests : IDisposable
{
    private readonly ManualTime _time = new();
    private readonly MetricsHarness _metrics = new();

    public void Dispose() => _metrics.Dispose();

    public static TheoryData<int, double, int> Paces => new()
    {
        { (int)LimitKind.Sends, 20, 60 },
        { (int)LimitKind.Joins, 50, 1_000 },
        { (int)LimitKind.Typing, 5, 20 },
        { (int)LimitKind.Reads, 20, 60 },
        { (int)LimitKind.Presence, 5, 50 },
        { (int)LimitKind.History, 10, 50 },
        { (int)LimitKind.Lists, 2, 50 },
        { (int)LimitKind.Changes, 10, 100 },
        { (int)LimitKind.Unknown, 1, 60 },
    };

    [Theory]
    [MemberData(nameof(Paces))]
    public void Each_kind_has_its_burst_and_its_pace_and_takes_nothing_from_the_others(
        int number, double perSecond, int burst)
    {
        var kind = (LimitKind)number;
        var limits = Create(factor: 1);
        var counters = new CallCounters();
        for (var i = 0; i < burst; i++) limits.Take(ref counters, kind).Should().BeNull();
        var refusal = limits.Take(ref counters, kind)!;
        refusal.Code.Should().Be(ChatErrorCode.RateLimited);
        refusal.Message.Should().Contain($"{perSecond} per second, {burst} at once");
        _time.Advance(refusal.RetryAfter!.Value);
        limits.Take(ref counters, kind).Should().BeNull("the time that was said is over");
        for (var other = 0; other < CallRates.Kinds; other++)
            if (other != number) limits.Take(ref counters, (LimitKind)other).Should().BeNull();
        _metrics.Scrape()["chat_rate_limited_total"].Single(("limit", LimitMetrics.NameOf(kind))).Should().Be(1);
    }

    [Fact]
    public void After_a_message_was_refused_those_behind_it_are_too_for_as_long_as_was_said()
    {
        var limits = Create(factor: 1);
        var counters = new CallCounters();
        for (var i = 0; i < 60; i++) limits.Take(ref counters, LimitKind.Sends).Should().BeNull();
        limits.Take(ref counters, LimitKind.Sends)!.RetryAfter.Should().Be(TimeSpan.FromSeconds(1));
        _time.Advance(TimeSpan.FromMilliseconds(400)); // eight could be taken, but one before them was not
        limits.Take(ref counters, LimitKind.Sends)!.RetryAfter.Should().Be(TimeSpan.FromMilliseconds(600));
        limits.Take(ref counters, LimitKind.Typing).Should().BeNull("only messages have an order to keep");
        _time.Advance(TimeSpan.FromMilliseconds(600));
        for (var i = 0; i < 20; i++)
            limits.Take(ref counters, LimitKind.Sends).Should().BeNull("nothing of the pace is lost");
        limits.Take(ref counters, LimitKind.Sends).Should().NotBeNull();
    }

    [Fact]
    public void A_factor_scales_them_and_zero_turns_them_off()
    {
        var (double_, off) = (Create(factor: 2), Create(factor: 0));
        var (counted, free) = (new CallCounters(), new CallCounters());
        for (var i = 0; i < 120; i++) double_.Take(ref counted, LimitKind.Sends).Should().BeNull();
        double_.Take(ref counted, LimitKind.Sends).Should().NotBeNull();
        for (var i = 0; i < 10_000; i++) off.Take(ref free, LimitKind.Unknown).Should().BeNull();
    }

    [Fact]
    public void Every_method_of_the_hub_is_of_a_kind()
    {
        typeof(IChatHub).GetMethods().Should().OnlyContain(
            method => HubIntake.KindOf(method.Name) != LimitKind.Unknown);
        HubIntake.KindOf("send").Should().Be(LimitKind.Sends, "SignalR does not mind the case either");
        HubIntake.KindOf("Nothing").Should().Be(LimitKind.Unknown);
    }

    private CallLimits Create(double factor) =>
        new(new LimitsOptions { Factor = factor }, new LimitMetrics(_metrics.Factory), _time);
}
