using Chat.Contracts.Errors;
using Chat.Contracts.Identifiers;
using Chat.Server.Callers;
using Chat.Server.Connections;
using Chat.Server.FanOut;
using Chat.Server.Observability;
using Chat.Tests.Fixtures;
using Chat.Tests.Unit.Presence;
using Microsoft.Extensions.Logging.Abstractions;

namespace Chat.Tests.Unit.Connections;

/// <summary>CH-163: a connection ends with its token, and no other does.</summary>
public sealed class ConnectionExpiryTests
{
    [Fact]
    public async Task Only_connections_whose_token_has_expired_are_ended_once_and_as_expired()
    {
        using var metrics = new MetricsHarness();
        var time = new ManualTime();
        await using var background = new BackgroundWork(NullLogger<BackgroundWork>.Instance);
        var connections = Registries.Create(new PresenceNetwork(time).Start().Local, metrics);
        Assert.False(connections.AnyExpires);
        var (open, soon, later) = (Open("ann", null), Open("bob", 10), Open("cem", 20));
        Assert.True(connections.AnyExpires);
        using var expiry = new ConnectionExpiry(connections, new ConnectionEnding(background), time);
        await expiry.StartAsync(default);
        await Eventually.HoldsAsync(() => time.HasTimerWithin(ConnectionExpiry.Beat));

        time.Advance(TimeSpan.FromSeconds(9.5));
        Assert.False(soon.Standing.HasEnded);
        time.Advance(TimeSpan.FromSeconds(0.5)); // a beat, which is seen to before the time of the others goes on
        await Eventually.HoldsAsync(() => soon.Ends == 1);
        Assert.Equal(ChatErrorCode.TokenExpired, soon.Standing.EndedBecause);
        Assert.Equal((CloseReason.TokenExpired, ChatErrorCodes.TokenExpired), soon.Reason);
        time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal((0, 1, 0), (open.Ends, soon.Ends, later.Ends));
        soon.Dispose();
        later.Dispose();
        Assert.False(connections.AnyExpires);
        await expiry.StopAsync(default);

        Expiring Open(string name, int? seconds)
        {
            var connection = new Expiring(new Caller(UserId.Parse(name).Key())
            {
                ExpiresAt = seconds is { } life ? time.GetUtcNow().AddSeconds(life) : null,
            });
            connections.Open(connection);
            return connection;
        }
    }

    private sealed class Expiring(Caller caller) : Connection(caller, ChatTransport.WebSocket, writer: null)
    {
        private int _ends;

        public int Ends => Volatile.Read(ref _ends);

        public (CloseReason, string?) Reason { get; private set; }

        public override Task<Departure> LeaveAsync(TimeSpan grace, CancellationToken now) =>
            Task.FromResult(Departure.Left);

        public override Task<Departure> EndAsync(CloseReason reason, string? text, CancellationToken now)
        {
            Reason = (reason, text); // before it is seen that it has ended
            Interlocked.Increment(ref _ends);
            return Task.FromResult(Departure.Closed);
        }

        public override void Abort() { }
    }
}
