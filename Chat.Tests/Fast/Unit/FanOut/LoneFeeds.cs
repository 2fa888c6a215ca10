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
        var backplane = new InProcessBackplane(new InProcessBus());
        Typing = new TypingTracker(new SignalsOptions(), time);
        Exchange = new BackplaneExchange(
            backplane, Nobody, new KeptMessages(backplane, time), NullLogger<BackplaneExchange>.Instance);
        Admission = new Admission(time);
        Registry = new FeedRegistry(
            new FeedContext(options, reader, new FeedMemory(memory), FeedRun.Metrics, new EntryObservers(Nobody),
                Typing, time, _background), log, Exchange);
        Writers = new WriterContext(_background, FeedRun.Metrics, new DeploymentDouble().Identify(),
            new WriterBounds(Admission, memory), time);
    }

    public FeedRegistry Registry { get; }

    public BackplaneExchange Exchange { get; }

    public TypingTracker Typing { get; }

    public Admission Admission { get; }

    /// <summary>Of those who write to readers.</summary>
    public WriterContext Writers { get; }

    public ValueTask DisposeAsync() => _background.DisposeAsync();
}
