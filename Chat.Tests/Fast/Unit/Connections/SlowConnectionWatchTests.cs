using Chat.Contracts.Identifiers;
using Chat.Server.Callers;
using Chat.Server.Connections;
using Chat.Server.FanOut;
using Chat.Server.FanOut.Signals;
using Chat.Server.Observability;
using Chat.Tests.Fixtures;
using Chat.Tests.Unit.FanOut;
using Chat.Tests.Unit.FanOut.Signals;
using Chat.Tests.Unit.Observability;
using Chat.Tests.Unit.Presence;
using Microsoft.Extensions.Logging.Abstractions;

namespace Chat.Tests.Unit.Connections;

/// <summary>CH-9: a connection that takes nothing is cut, and no other.</summary>
public sealed class SlowConnectionWatchTests
{
    [Fact]
    public async Task Only_an_open_connection_that_takes_nothing_for_the_timeout_is_cut()
    {
        using var metrics = new MetricsHarness();
        var time = new ManualTime();
        await using var background = new BackgroundWork(NullLogger<BackgroundWork>.Instance);
        var context = new WriterContext(background, metrics.Metrics, new DeploymentDouble().Identify(),
            new WriterBounds(new Admission(time), FeedRun.Budget()), time);
        var connections = Registries.Create(new PresenceNetwork(time).Start().Local, metrics);
        var (stuck, quick, ended) = (Open("ann"), Open("bob"), Open("cem"));
        stuck.Writer.Block();
        ended.Writer.Block();
        foreach (var (_, writer) in new[] { stuck, quick, ended })
        {
            writer.WatchesContacts = true;
            writer.Post(new PresenceSignal(null, Users.Ann.Id, true, null));
            await writer.Writes.NextAsync();
        }
        ended.Connection.Dispose();

        var options = new FanOutOptions { WriteTimeoutSeconds = 4 };
        using var watch = new SlowConnectionWatch(connections, options, metrics.Metrics, time,
            NullLogger<SlowConnectionWatch>.Instance);
        await watch.StartAsync(default);
        await Eventually.HoldsAsync(async () =>
        {
            await Task.Yield();
            return time.HasTimerWithin(TimeSpan.FromSeconds(1));
        });
        time.Advance(TimeSpan.FromMinutes(10)); // this process was stopped: nobody was silent meanwhile
        for (var beat = 0; beat < 3; beat++) time.Advance(TimeSpan.FromSeconds(1));
        Assert.False(stuck.Connection.Aborted); // not before the timeout is over
        await Eventually.HoldsAsync(async () =>
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
            return stuck.Connection.Aborted;
        });
        Assert.False(quick.Connection.Aborted);
        Assert.False(ended.Connection.Aborted);
        Assert.True(metrics.Scrape()["chat_readers_slow_closed_total"].Single() > 0);
        await watch.StopAsync(default);
        stuck.Writer.Unblock();
        ended.Writer.Unblock();

        (TestConnection Connection, SignalWriter Writer) Open(string name)
        {
            var writer = new SignalWriter(UserId.Parse(name).Key(), context, SignalKind.None);
            var connection = new TestConnection(ChatTransport.SignalR, writer.User, writer);
            connections.Open(connection);
            return (connection, writer);
        }
    }
}
