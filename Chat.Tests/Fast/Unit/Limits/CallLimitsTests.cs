using Chat.Contracts.Errors;
using Chat.Contracts.Protocol;
using Chat.Server.Callers;
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

    [Fact]
    public void Sends_of_all_connections_of_a_user_are_counted_together_and_a_refusal_keeps_the_order()
    {
        var limits = Create(factor: 1, new LimitsOptions { SendsPerUserPerMinute = 60 });
        var ann = limits.Clients.Find(DefaultTenant.User("ann"), null);
        var (one, other) = (new CallCounters(), new CallCounters());
        for (var i = 0; i < 30; i++)
        {
            limits.Take(ref one, LimitKind.Sends, ann, 100).Should().BeNull();
            limits.Take(ref other, LimitKind.Sends, ann, 100).Should().BeNull();
        }
        var refusal = limits.Take(ref one, LimitKind.Sends, ann, 100)!;
        refusal.Message.Should().Be(
            "messages of this user come too fast: 1 per second, 60 at once; retry in 1000 ms");
        _time.Advance(TimeSpan.FromMilliseconds(999));
        limits.Take(ref one, LimitKind.Sends, ann, 100)!.Message.Should().Be(
            "a message of this connection was refused, and those behind it wait with it; retry in 1 ms");
        _time.Advance(TimeSpan.FromMilliseconds(1));
        limits.Take(ref one, LimitKind.Sends, ann, 100).Should().BeNull("the time that was said is over");
        limits.Take(ref other, LimitKind.Sends, ann, 100).Should().NotBeNull();
        limits.Take(ref other, LimitKind.Sends, limits.Clients.Find(DefaultTenant.User("ben"), null), 100)
            .Should().NotBeNull("what comes behind on that connection waits with it");
        _metrics.Scrape()["chat_rate_limited_total"].Single(("limit", "client_sends")).Should().Be(2);
    }

    [Fact]
    public void A_refusal_by_the_limit_of_a_user_takes_nothing_from_that_of_the_connection()
    {
        var limits = Create(factor: 1, new LimitsOptions { SendsPerUserPerMinute = 1 });
        var ann = limits.Clients.Find(DefaultTenant.User("ann"), null);
        var counters = new CallCounters();
        for (var i = 0; i < 100; i++)
        {
            limits.Take(ref counters, LimitKind.Sends, ann, 100);
            _time.Advance(TimeSpan.FromSeconds(1)); // so that none is refused for the one before
        }
        _time.Advance(TimeSpan.FromMinutes(1)); // what is refused pauses the connection
        for (var i = 0; i < 60; i++) limits.Take(ref counters, LimitKind.Sends).Should().BeNull();
    }

    private CallLimits Create(double factor, LimitsOptions? options = null)
    {
        options ??= new LimitsOptions();
        options.Factor = factor;
        var counts = new LimitMetrics(_metrics.Factory);
        var clients = new ClientAccounts(IdentityMode.Token, new CountedAddresses([]), _time);
        return new CallLimits(options, new ClientLimits(options, clients, counts, _time), counts, _time);
    }
}
