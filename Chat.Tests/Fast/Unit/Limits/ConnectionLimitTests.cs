using System.Net;
using Chat.Contracts.Errors;
using Chat.Server.Callers;
using Chat.Server.Core;
using Chat.Server.Limits;
using Chat.Server.Observability;
using Chat.Tests.Fixtures;
using Chat.Tests.Unit.Connections;
using Chat.Tests.Unit.Presence;
using FluentAssertions;

namespace Chat.Tests.Unit.Limits;

/// <summary>CH-124: how many connections there may be.</summary>
public sealed class ConnectionLimitTests : IDisposable
{
    private static readonly IPAddress Office = IPAddress.Parse("203.0.113.7"), Other = IPAddress.Parse("203.0.113.8"),
        Home = IPAddress.Parse("203.0.113.9");
    private static readonly UserKey Ann = DefaultTenant.User("ann"), Ben = DefaultTenant.User("ben"),
        Cid = DefaultTenant.User("cid");

    private readonly MetricsHarness _metrics = new();
    private readonly LimitMetrics _counts;

    public ConnectionLimitTests() => _counts = new LimitMetrics(_metrics.Factory);

    public void Dispose() => _metrics.Dispose();

    [Fact]
    public void An_address_has_so_many_and_one_that_ends_makes_room()
    {
        var limit = Registries.Limit(new LimitsOptions { ConnectionsPerAddress = 2 }, _counts);
        limit.Enter(Ann, Office, out var first).Should().BeNull();
        limit.Enter(Ben, Office, out _).Should().BeNull();
        limit.Check(Cid, Office).Should().NotBeNull();
        var refusal = limit.Enter(Cid, Office, out _)!;
        refusal.ToHubText().Should().Be(
            "too_many_connections: this address has 2 connections, as many as one may have; retry in 5000 ms");
        limit.Enter(Ann, Other, out _).Should().BeNull();
        limit.Leave(first);
        limit.Check(Ann, Office).Should().BeNull();
        _metrics.Scrape()["chat_rate_limited_total"].Single(("limit", "address_connections")).Should().Be(2);
    }

    [Fact]
    public void With_tokens_a_user_has_so_many_and_an_address_any_number()
    {
        var options = new LimitsOptions { ConnectionsPerAddress = 1, ConnectionsPerUser = 2 };
        var limit = Registries.Limit(options, _counts, IdentityMode.Token);
        limit.Enter(Ann, Office, out var first).Should().BeNull();
        limit.Enter(Ann, Other, out _).Should().BeNull();
        limit.Check(Ann, Home).Should().NotBeNull();
        limit.Enter(Ann, Home, out _)!.ToHubText().Should().Be(
            "too_many_connections: this user has 2 connections, as many as one may have; retry in 5000 ms");
        limit.Enter(Ben, Office, out _).Should().BeNull("an office has one address");
        limit.Enter(Ann with { Tenant = Tenant.Parse("acme") }, Office, out _).Should().BeNull("that is another");
        limit.Leave(first);
        limit.Check(Ann, null).Should().BeNull();
        _metrics.Scrape()["chat_rate_limited_total"].Single(("limit", "user_connections")).Should().Be(2);
    }

    [Fact]
    public async Task Of_many_that_come_at_once_no_more_are_taken_than_may()
    {
        var limit = Registries.Limit(new LimitsOptions { ConnectionsPerUser = 20 }, _counts, IdentityMode.Token);
        var taken = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => Task.Run(
            () => limit.Enter(Ann, null, out var place) is null ? place : null)));
        taken.Count(place => place is not null).Should().Be(20);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("10.1.2.3")]
    [InlineData("::ffff:10.1.2.3")]
    [InlineData(null)]
    public void This_machine_and_trusted_proxies_stand_for_many(string? address)
    {
        var limit = Registries.Limit(new LimitsOptions { ConnectionsPerAddress = 1, Connections = 50 }, _counts,
            proxies: IPNetwork.Parse("10.0.0.0/8"));
        for (var i = 0; i < 50; i++)
            limit.Enter(Ann, address is null ? null : IPAddress.Parse(address), out _).Should().BeNull();
        limit.Enter(Ann, Office, out _)!.Message.Should().StartWith("this server has 50 connections");
    }

    [Theory]
    [InlineData(65_536L, 58_982)]
    [InlineData(4_096L, 3_596)]
    [InlineData(1_024L, 524)]
    [InlineData(600L, 150)]
    [InlineData(512L, 62)]
    [InlineData(256L, 16)]
    [InlineData(null, int.MaxValue)]
    public void Open_files_say_how_many_there_may_be(long? files, int connections)
    {
        var room = new ConnectionRoom(new LimitsOptions(), files);
        room.Connections.Should().Be(connections);
        if (files > 500) room.Sockets.Should().Be((int)files.Value - 450).And.BeGreaterThanOrEqualTo(connections);
    }

    [Fact]
    public void Switched_off_there_are_any_number_unless_one_is_set()
    {
        new ConnectionRoom(Registries.Off, files: null).Connections.Should().Be(int.MaxValue);
        new ConnectionRoom(Registries.Off, files: 20_000).Connections.Should().Be(19_550, "files are what they are");
        new ConnectionRoom(new LimitsOptions { Factor = 0, Connections = 7 }, files: 20_000).Connections.Should().Be(7);
        new ConnectionRoom(new LimitsOptions { Connections = 50_000 }, files: 20_000).Connections.Should().Be(19_550);
    }

    [Fact]
    public void The_limit_of_open_files_is_read_as_Linux_writes_it()
    {
        OpenFiles.Parse(["Limit                     Soft Limit           Hard Limit           Units     ",
            "Max processes             1024                 2048                 processes ",
            "Max open files            4096                 524288               files     "]).Should().Be(4_096);
        OpenFiles.Parse(["Max open files            unlimited            unlimited            files"])
            .Should().BeNull();
        OpenFiles.Parse([]).Should().BeNull();
    }

    [Fact]
    public void A_connection_that_is_refused_leaves_nothing_and_one_that_fails_gives_its_place_back()
    {
        var connections = Registries.Create(new PresenceNetwork(new ManualTime()).Start().Local, _metrics,
            new LimitsOptions { ConnectionsPerAddress = 1 });
        using var first = new TestConnection("ann", id: "same");
        connections.Open(first, Office);
        using var refused = new TestConnection("bob");
        connections.Invoking(all => all.Open(refused, Office)).Should().Throw<ChatException>()
            .Which.Code.Should().Be(ChatErrorCode.TooManyConnections);
        connections.All.Should().Equal(first);

        using var failed = new TestConnection("cid", id: "same");
        connections.Invoking(all => all.Open(failed, Other)).Should().Throw<InvalidOperationException>();
        using var next = new TestConnection("cid");
        connections.Open(next, Other);
        first.Dispose();
        using var again = new TestConnection("ann");
        connections.Open(again, Office);
        _metrics.Scrape()["chat_connections"].Single(("transport", "websocket")).Should().Be(2);
    }
}
