using Chat.Contracts.Identifiers;
using Chat.Server.Connections;
using Chat.Server.Observability;
using Chat.Server.Presence;
using Chat.Tests.Fixtures;
using Chat.Tests.Unit.ClientSdk;
using Chat.Tests.Unit.Observability;
using Chat.Tests.Unit.Presence;
using static Chat.Tests.Unit.Presence.Users;

namespace Chat.Tests.Unit.Connections;

/// <summary>What an open connection is part of, and that all of it ends with the connection.</summary>
public sealed class ConnectionRegistryTests : IDisposable
{
    private readonly ManualTime _time = new();
    private readonly MetricsHarness _metrics = new();
    private readonly PresenceInstance _presence;
    private readonly ConnectionRegistry _connections;

    public ConnectionRegistryTests()
    {
        _presence = new PresenceNetwork(_time).Start(new PresenceOptions { LingerSeconds = 5, RestSeconds = 45 });
        _connections = Registries.Create(_presence.Local, _metrics);
    }

    public void Dispose() => _metrics.Dispose();

    [Fact]
    public void An_open_connection_is_found_is_counted_and_makes_its_user_present()
    {
        var connection = Open("ann", id: "a1");
        Assert.Same(connection, Assert.Single(_connections.All));
        Assert.Same(connection, _connections.Find("a1"));
        Assert.Same(connection, Assert.Single(_connections.Of(Ann)));
        Assert.Equal("ann", _presence.Online());
        AssertCounts(webSockets: 1, readers: 1);
        Assert.False(connection.HasEnded);
    }

    [Fact]
    public void All_of_it_ends_with_the_connection_and_only_once()
    {
        var (first, second) = (Open("ann", id: "a1"), Open("ann"));
        first.Dispose();
        first.Dispose();
        Assert.True(first.HasEnded);
        Assert.True(first.Outbound!.IsClosed);
        Assert.Null(_connections.Find("a1"));
        Assert.Same(second, Assert.Single(_connections.All));
        AssertCounts(webSockets: 1, readers: 1);
        Pass(60);
        Assert.Equal("ann", _presence.Online()); // the second is still there

        second.Dispose();
        Pass(6);
        Assert.Equal("", _presence.Online());
        Assert.Empty(_connections.Of(Ann));
        AssertCounts(webSockets: 0, readers: 0);
    }

    [Fact]
    public void One_that_is_pushed_nothing_is_no_reader_and_its_user_stays_for_longer()
    {
        var poll = new TestConnection(ChatTransport.LongPoll, Ann, writer: null);
        _connections.Open(poll);
        Assert.Equal(1, _metrics.Scrape()["chat_connections"].Single(("transport", "long_poll")));
        AssertCounts(webSockets: 0, readers: 0);
        poll.Dispose();
        Pass(44);
        Assert.Equal("ann", _presence.Online());
        Pass(2);
        Assert.Equal("", _presence.Online());
    }

    [Fact]
    public void When_opening_fails_nothing_remains()
    {
        var open = Open("ann", id: "same");
        var refused = new TestConnection("bob", id: "same");
        Assert.Throws<InvalidOperationException>(() => _connections.Open(refused));
        refused.Dispose();
        Assert.Same(open, _connections.Find("same"));
        Assert.Empty(_connections.Of(Bob));
        Assert.Equal("ann", _presence.Online());
        AssertCounts(webSockets: 1, readers: 1);
        Assert.Throws<InvalidOperationException>(() => _connections.Open(open));
        open.Dispose();
        Assert.Throws<InvalidOperationException>(() => _connections.Open(open));
        AssertCounts(webSockets: 0, readers: 0);
    }

    [Fact]
    public void When_opening_fails_half_way_nothing_remains_and_the_next_one_counts_right()
    {
        var clock = new BreakableTime();
        var local = new LocalPresence(_presence.Board, _presence.Journal, new PresenceOptions { LingerSeconds = 1 },
            clock);
        var connections = Registries.Create(local, _metrics);
        clock.IsBroken = true;
        using (var failing = new TestConnection("ann", id: "a1"))
            Assert.Throws<InvalidTimeZoneException>(() => connections.Open(failing));
        Assert.Empty(connections.All);
        Assert.Empty(connections.Of(Ann));
        AssertCounts(webSockets: 0, readers: 0);

        clock.IsBroken = false;
        using var next = new TestConnection("ann", id: "a1");
        connections.Open(next);
        local.Sweep();
        Assert.Equal("ann", _presence.Online());
        AssertCounts(webSockets: 1, readers: 1);
    }

    [Fact]
    public void A_users_connections_are_found_in_the_order_of_opening_whichever_ends_first()
    {
        var random = new Random(7);
        var expected = new List<Connection>();
        for (var i = 0; i < 400; i++)
        {
            Open($"other{i % 3}");
            if (expected.Count > 0 && random.Next(2) == 0)
            {
                var at = random.Next(expected.Count);
                expected[at].Dispose();
                expected.RemoveAt(at);
            }
            else expected.Add(Open("ann"));
            Assert.Equal(expected, _connections.Of(Ann));
        }
        Assert.Empty(_connections.Of(UserId.Parse("nobody").Key()));
    }

    [Fact]
    public async Task Opened_and_ended_by_many_threads_at_once_nothing_is_left_over()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(n => Task.Run(() =>
        {
            for (var i = 0; i < 500; i++)
            {
                using var connection = Open(n % 2 == 0 ? "ann" : "bob");
                Assert.Contains(connection, _connections.Of(connection.User));
            }
        }))).WaitAsync(Bounds.Wait);
        Assert.Empty(_connections.All);
        Assert.Empty(_connections.Of(Ann));
        Assert.Empty(_connections.Of(Bob));
        AssertCounts(webSockets: 0, readers: 0);
    }

    [Fact]
    public async Task The_end_is_waited_for_within_a_bound()
    {
        var connection = Open("ann");
        var bound = TimeSpan.FromSeconds(3);
        var (patient, impatient) = (connection.EndsAsync(bound, _time, default),
            connection.EndsAsync(TimeSpan.FromSeconds(1), _time, default));
        using var now = new CancellationTokenSource();
        var cancelled = connection.EndsAsync(bound, _time, now.Token);
        await now.CancelAsync();
        Assert.False(await cancelled.WaitAsync(Bounds.Wait));
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.False(await impatient.WaitAsync(Bounds.Wait));
        connection.Dispose();
        Assert.True(await patient.WaitAsync(Bounds.Wait));
        Assert.True(await connection.EndsAsync(bound, _time, default).WaitAsync(Bounds.Wait));
    }

    private TestConnection Open(string user, string? id = null)
    {
        var connection = new TestConnection(user, id: id);
        _connections.Open(connection);
        return connection;
    }

    private void AssertCounts(int webSockets, int readers)
    {
        var scrape = _metrics.Scrape();
        Assert.Equal(webSockets, scrape["chat_connections"].Single(("transport", "websocket")));
        Assert.Equal(readers, scrape["chat_readers"].Single());
    }

    private void Pass(double seconds)
    {
        _time.Advance(TimeSpan.FromSeconds(seconds));
        _presence.Local.Sweep();
    }

    private sealed class BreakableTime : TimeProvider
    {
        public bool IsBroken { get; set; }

        public override DateTimeOffset GetUtcNow() =>
            IsBroken ? throw new InvalidTimeZoneException("broken") : base.GetUtcNow();
    }
}
