using Chat.Server.Callers;
using Chat.Server.FanOut;
using Chat.Server.FanOut.Backplane;
using Chat.Server.FanOut.Backplane.InProcess;
using Chat.Server.FanOut.Signals;
using Chat.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Chat.Tests.Unit.FanOut;

/// <summary>The feeds of an instance beside which there is no other and which nobody observes.</summary>
internal sealed class LoneFeeds : IAsyncDisposable
{
    private static readonly ServiceProvider Nobody = new ServiceCollection().BuildServiceProvider();

    private readonly BackgroundWork _background = new(NullLogger<BackgroundWork>.Instance);

    public LoneFeeds(LogDouble log, FanOutOptions options, TimeProvider time)
    {
        var memory = FeedRun.Budget();
        var reader = new LogReader(log, Options.Create(options), memory, FeedRun.Metrics);
        var typing = new TypingTracker(new SignalsOptions(), time);
        Registry = new FeedRegistry(
            new FeedContext(options, reader, new FeedMemory(memory), FeedRun.Metrics, new EntryObservers(Nobody),
                typing, time, _background), log,
            new BackplaneExchange(
                new InProcessBackplane(new InProcessBus()), Nobody, time, NullLogger<BackplaneExchange>.Instance));
        Writers = new WriterContext(_background, FeedRun.Metrics, new DeploymentDouble().Identify(),
            new WriterBounds(new Admission(time), memory), time);
    }

    public FeedRegistry Registry { get; }

    /// <summary>Of those who write to readers.</summary>
    public WriterContext Writers { get; }

    public ValueTask DisposeAsync() => _background.DisposeAsync();
}
