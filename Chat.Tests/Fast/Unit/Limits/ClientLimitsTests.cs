using System.Net;
using Chat.Server.Callers;
using Chat.Server.Limits;
using Chat.Tests.Fixtures;
using FluentAssertions;

namespace Chat.Tests.Unit.Limits;

/// <summary>CH-123, CH-205: how much a client may ask for over all its connections and requests.</summary>
public sealed class ClientLimitsTests : IDisposable
{
    private static readonly IPAddress Office = IPAddress.Parse("203.0.113.7"), Home = IPAddress.Parse("203.0.113.8");

    private readonly ManualTime _time = new();
    private readonly MetricsHarness _metrics = new();

    public void Dispose() => _metrics.Dispose();

    public static TheoryData<int, bool, int, int> Paces => new()
    {
        { (int)LimitKind.Requests, false, 100, 100 },
        { (int)LimitKind.Requests, true, 1_000, 10 },
        { (int)LimitKind.ClientSends, false, 300, 200 },
        { (int)LimitKind.ClientSends, true, 3_000, 20 },
        { (int)LimitKind.Creates, false, 100, 36_000 },
        { (int)LimitKind.Creates, true, 1_000, 3_600 },
        { (int)LimitKind.Adds, false, 1_000, 3_600 },
        { (int)LimitKind.Adds, true, 10_000, 360 },
    };

    [Theory]
    [MemberData(nameof(Paces))]
    public void Each_kind_has_its_burst_and_its_pace(int number, bool isAddress, int burst, int milliseconds)
    {
        var kind = (LimitKind)number;
        var limits = Create(isAddress ? IdentityMode.Open : IdentityMode.Token);
        var client = limits.Find(DefaultTenant.User("ann"), Office);
        for (var i = 0; i < burst; i++) limits.Take(client, kind).Should().BeNull();
        var refusal = limits.Take(client, kind)!;
        refusal.RetryAfter.Should().Be(TimeSpan.FromMilliseconds(milliseconds));
        refusal.Message.Should().Contain(isAddress ? "of this address come too fast" : "of this user come too fast");
        _time.Advance(TimeSpan.FromMilliseconds(milliseconds));
        limits.Take(client, kind).Should().BeNull("the time that was said is over");
        limits.Take(client, kind).Should().NotBeNull();
        _metrics.Scrape()["chat_rate_limited_total"].Single(("limit", LimitMetrics.NameOf(kind))).Should().Be(2);
    }

    [Fact]
    public void Four_megabytes_per_minute_are_counted_in_steps_and_a_refused_message_takes_nothing()
    {
        var limits = Create(IdentityMode.Token);
        var client = limits.Find(DefaultTenant.User("ann"), null);
        for (var i = 0; i < 63; i++) limits.TakeSend(client, 64 * 1024).Should().BeNull();
        for (var i = 0; i < 100; i++)
            limits.TakeSend(client, 64 * 1024 + 1)!.Message.Should()
                .StartWith("messages of this user have too many bytes: 4096 KiB per minute");
        limits.TakeSend(client, 64 * 1024).Should().BeNull();
        limits.TakeSend(client, 1)!.RetryAfter.Should().Be(TimeSpan.FromMilliseconds(1), "64 bytes are a millisecond");
        _time.Advance(TimeSpan.FromMinutes(1));
        for (var i = 0; i < 64; i++) limits.TakeSend(client, 64 * 1024).Should().BeNull();
        limits.TakeSend(client, 1).Should().NotBeNull();
    }

    [Fact]
    public void A_message_of_more_than_the_burst_is_taken_for_the_burst_so_that_none_waits_for_ever()
    {
        var limits = Create(IdentityMode.Token, factor: 0.001);
        var client = limits.Find(DefaultTenant.User("ann"), null);
        limits.TakeSend(client, 1024 * 1024).Should().BeNull();
        limits.TakeCreate(limits.Find(DefaultTenant.User("ben"), null), 1_000).Should().BeNull();
    }

    [Fact]
    public void A_refused_conversation_takes_none_of_the_hundred()
    {
        var limits = Create(IdentityMode.Token);
        var client = limits.Find(DefaultTenant.User("ann"), null);
        limits.TakeCreate(client, 1_000).Should().BeNull();
        for (var i = 0; i < 100; i++)
            limits.TakeCreate(client, 10)!.RetryAfter.Should().Be(TimeSpan.FromSeconds(36));
        for (var i = 0; i < 99; i++) limits.TakeCreate(client, 0).Should().BeNull();
        limits.TakeCreate(client, 0).Should().NotBeNull();
    }

    [Fact]
    public void A_flood_under_many_names_is_one_address_in_open_mode()
    {
        var limits = Create(IdentityMode.Open);
        for (var i = 0; i < 3_000; i++)
            limits.TakeSend(limits.Find(DefaultTenant.User($"flood{i}"), Office), 100).Should().BeNull();
        limits.TakeSend(limits.Find(DefaultTenant.User("another"), Office), 100).Should().NotBeNull();
        limits.TakeSend(limits.Find(DefaultTenant.User("another"), Home), 100).Should().BeNull();
        for (var i = 0; i < 5_000; i++)
            limits.TakeSend(limits.Find(DefaultTenant.User("ann"), IPAddress.Loopback), 100)
                .Should().BeNull("this machine may be everybody behind a proxy");
    }

    [Fact]
    public void With_tokens_an_address_is_nobody_and_a_name_of_another_tenant_is_another_user()
    {
        var limits = Create(IdentityMode.Token);
        var ann = DefaultTenant.User("ann");
        for (var i = 0; i < 300; i++) limits.TakeSend(limits.Find(ann, Office), 1).Should().BeNull();
        limits.TakeSend(limits.Find(ann, Home), 1).Should().NotBeNull();
        limits.TakeSend(limits.Find(ann with { Tenant = Tenant.Parse("acme") }, Home), 1).Should().BeNull();
        limits.TakeSend(limits.Find(DefaultTenant.User("ben"), Office), 1).Should().BeNull();
        limits.Find(new UserKey(Tenant.Default, default), Office).Should().BeNull("the application itself");
    }

    [Fact]
    public void Zero_turns_them_off()
    {
        var limits = Create(IdentityMode.Token, factor: 0);
        limits.Find(DefaultTenant.User("ann"), Office).Should().BeNull();
        for (var i = 0; i < 2_000; i++) limits.Take(null, LimitKind.Requests).Should().BeNull();
    }

    [Fact]
    public void Accounts_are_bounded_and_those_with_connections_are_kept()
    {
        var clients = new ClientAccounts(IdentityMode.Token, new CountedAddresses([]), _time);
        var limits = Create(clients);
        var ann = ClientKey.Of(DefaultTenant.User("ann"));
        var open = clients.TryEnter(ann, 1)!;
        limits.Take(open, LimitKind.Creates);
        for (var i = 0; i < 2 * ClientAccounts.Most; i++)
            limits.Take(limits.Find(DefaultTenant.User($"u{i}"), null), LimitKind.Requests);
        clients.Count.Should().Be(ClientAccounts.Most);
        clients.TryEnter(ClientKey.Of(DefaultTenant.User("late")), 1).Should().NotBeNull("connections are bounded");

        _time.Advance(TimeSpan.FromHours(2));
        limits.Find(DefaultTenant.User("new"), null).Should().NotBeNull();

        clients.Count.Should().Be(3, "ann, the late one and the new one; all others have rested");
        clients.TryEnter(ann, 1).Should().BeNull("she has her one connection");
        open.Leave();
        clients.TryEnter(ann, 1).Should().BeSameAs(open);
    }

    [Fact]
    public async Task Accounts_that_are_forgotten_and_entered_at_the_same_time_lose_no_connection()
    {
        var clients = new ClientAccounts(IdentityMode.Token, new CountedAddresses([]), _time);
        var user = ClientKey.Of(DefaultTenant.User("ann"));
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < 20_000; i++)
            {
                var account = clients.TryEnter(user, 4)!;
                account.Leave();
                account.TryClose(now: long.MaxValue);
            }
        }))).WaitAsync(Bounds.Wait);
        clients.TryEnter(user, 1).Should().NotBeNull("nobody is left");
        clients.Count.Should().Be(1);
    }

    private ClientLimits Create(IdentityMode mode, double factor = 1) =>
        Create(new ClientAccounts(mode, new CountedAddresses([]), _time), factor);

    private ClientLimits Create(ClientAccounts clients, double factor = 1) =>
        new(new LimitsOptions { Factor = factor }, clients, new LimitMetrics(_metrics.Factory), _time);
}
