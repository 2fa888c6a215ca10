using Chat.Server.Connections;
using Chat.Server.Hosting;
using Chat.Server.Hosting.Drain;
using Chat.Server.Hosting.Health;
using Chat.Tests.Fixtures;
using Chat.Tests.Unit.ClientSdk;
using Chat.Tests.Unit.Connections;
using Chat.Tests.Unit.Observability;
using Chat.Tests.Unit.Presence;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Chat.Tests.Unit.Hosting;

/// <summary>The order of a drain, on a clock that the test moves.</summary>
public sealed class DrainTests : IDisposable
{
    /// <summary>Slots that lie closer together are taken together.</summary>
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(10);

    private readonly ManualTime _time = new();
    private readonly MetricsHarness _metrics = new();
    private readonly RecordedLogs _logs = new();
    private readonly Lifetime _lifetime = new();
    private readonly List<LeavingConnection> _opened = [];
    private readonly ConnectionRegistry _connections;

    public DrainTests() =>
        _connections = Registries.Create(new PresenceNetwork(new ManualTime()).Start().Local, _metrics);

    public void Dispose() => _metrics.Dispose();

    [Fact]
    public async Task Connections_are_asked_one_after_the_other_over_the_window()
    {
        for (var i = 0; i < 300; i++) Open();
        var (drain, state) = Create(new ServerOptions());
        var started = _time.GetTimestamp();
        var draining = drain.RunAsync();
        await EndAsync(draining);
        Assert.True(state.IsLeaving);
        var asked = _opened.Select(connection => _time.GetElapsedTime(started, connection.AskedAt!.Value)).Order()
            .ToList();
        var plan = DrainPlan.For(300, TimeSpan.FromSeconds(4));
        for (var i = 0; i < 300; i++)
            Assert.True(asked[i] > plan.SlotOf(i, 300) - Step, $"{i} was asked at {asked[i]}");
        // not in the order in which they came
        Assert.NotEqual(_opened.OrderBy(connection => connection.AskedAt).ToList(), _opened);
    }

    [Fact]
    public async Task Between_failing_readiness_and_the_first_that_is_asked_is_the_delay()
    {
        var only = Open();
        var (drain, state) = Create(new ServerOptions { DrainDelaySeconds = 1 });
        var started = _time.GetTimestamp();
        var draining = drain.RunAsync();
        Assert.True(state.IsAnnounced);
        Assert.False(state.IsLeaving);
        Assert.Equal("shutting down", await new NotShuttingDown(state).CheckAsync(default));
        await EndAsync(draining);
        Assert.True(_time.GetElapsedTime(started, only.AskedAt!.Value) >= TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task A_connection_that_opened_while_others_were_asked_is_asked_too()
    {
        var first = Open();
        LeavingConnection? late = null;
        first.OnAsked = () => late = Open();
        var (drain, _) = Create(new ServerOptions());
        await EndAsync(drain.RunAsync());
        Assert.NotNull(late!.AskedAt);
    }

    [Fact]
    public async Task One_that_fails_does_not_keep_the_others()
    {
        Open().OnAsked = () => throw new InvalidTimeZoneException("broken");
        var other = Open();
        var (drain, _) = Create(new ServerOptions());
        await EndAsync(drain.RunAsync());
        Assert.NotNull(other.AskedAt);
        Assert.Contains(_logs.All, log => log.Id.Id == 1032);
        Assert.Contains(_logs.All,
            log => log.Id.Id == 1031
                && log.Text.Contains("1 connections left when asked, 0 were closed, 1 were cut",
                    StringComparison.Ordinal));
    }

    [Fact]
    public async Task It_ends_a_second_before_the_shutdown_must_and_at_once_when_the_host_stops()
    {
        Open().Stays = true;
        var (drain, _) = Create(new ServerOptions { ShutdownSeconds = 2, DrainSeconds = 1 });
        var started = _time.GetTimestamp();
        await EndAsync(drain.RunAsync());
        Assert.True(_time.GetElapsedTime(started) >= TimeSpan.FromSeconds(1));

        Open().Stays = true;
        var (another, _) = Create(new ServerOptions { ShutdownSeconds = 300 });
        var draining = another.RunAsync();
        Assert.False(draining.IsCompleted);
        _lifetime.StopApplication();
        await draining.WaitAsync(Bounds.Wait);
    }

    private (Server.Hosting.Drain.Drain Drain, DrainState State) Create(ServerOptions options)
    {
        using var logging = LoggerFactory.Create(log => log.AddProvider(_logs));
        var state = new DrainState(_lifetime, _metrics.Metrics);
        var logger = logging.CreateLogger<Server.Hosting.Drain.Drain>();
        return (new Server.Hosting.Drain.Drain(state, _connections, Options.Create(options), _time, logger), state);
    }

    /// <summary>Moves the clock while somebody waits for a moment that is near: the time of the shutdown is
    /// far.</summary>
    private async Task EndAsync(Task draining)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!draining.IsCompleted)
        {
            if (_time.HasTimerWithin(TimeSpan.FromSeconds(1))) _time.Advance(Step);
            await Task.Yield();
            Assert.True(TimeProvider.System.GetElapsedTime(started) < Bounds.Wait, "the drain does not end");
        }
        await draining;
    }

    private LeavingConnection Open()
    {
        var connection = new LeavingConnection(_time);
        _opened.Add(connection);
        _connections.Open(connection);
        return connection;
    }

    private sealed class LeavingConnection(ManualTime time) : TestConnection("ann")
    {
        public long? AskedAt { get; private set; }

        public Action OnAsked { get; set; } = () => { };

        public bool Stays { get; set; }

        public override async Task<Departure> LeaveAsync(TimeSpan grace, CancellationToken now)
        {
            AskedAt = time.GetTimestamp();
            OnAsked();
            if (Stays)
                await Task.Delay(Timeout.InfiniteTimeSpan, time, now)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            Dispose();
            return Departure.Left;
        }
    }

    private sealed class Lifetime : IHostApplicationLifetime
    {
        private readonly CancellationTokenSource _stopping = new();

        public CancellationToken ApplicationStarted => default;

        public CancellationToken ApplicationStopping => _stopping.Token;

        public CancellationToken ApplicationStopped => default;

        public void StopApplication() => _stopping.Cancel();
    }
}
