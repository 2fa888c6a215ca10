using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Server.Callers;
using Chat.Server.FanOut;
using Chat.Server.FanOut.Backplane;
using Chat.Server.FanOut.Backplane.InProcess;
using Chat.Server.FanOut.Signals;
using Chat.Server.Observability;
using Chat.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Chat.Tests.Unit.FanOut.Signals;

/// <summary>The fan-out of one instance, with one conversation and a clock that is moved by hand.</summary>
internal sealed class SignalHost : IAsyncDisposable
{
    private readonly LogDouble _log = new();
    private readonly BackgroundWork _background = new(NullLogger<BackgroundWork>.Instance);
    private readonly WriterContext _writerContext;
    private readonly SignalsOptions _options = new();

    public SignalHost()
    {
        var metrics = new ChatMetrics(new ServiceCollection().AddMetrics().BuildServiceProvider()
            .GetRequiredService<System.Diagnostics.Metrics.IMeterFactory>());
        var options = new FanOutOptions();
        var exchange = new BackplaneExchange(
            new InProcessBackplane(new InProcessBus()), new ServiceCollection().BuildServiceProvider(), Time,
            NullLogger<BackplaneExchange>.Instance);
        Typing = new TypingTracker(_options, Time);
        var memory = FeedRun.Budget();
        Feeds = new FeedRegistry(
            new FeedContext(options, new LogReader(_log, Options.Create(options), memory, metrics),
                new FeedMemory(memory), metrics,
                new EntryObservers(new ServiceCollection().BuildServiceProvider()), Typing, Time, _background), _log,
            exchange);
        Router = new SignalRouter(Feeds, Typing, exchange);
        Admission = new Admission(Time);
        _writerContext = new WriterContext(_background, metrics, new DeploymentDouble().Identify(),
            new WriterBounds(Admission, memory), Time);
    }

    public Admission Admission { get; }

    public ManualTime Time { get; } = new();

    public TypingTracker Typing { get; }

    public FeedRegistry Feeds { get; }

    public SignalRouter Router { get; }

    public LogDouble Log => _log;

    public ConversationId Conversation => _log.Conversation;

    public static UserId User(string name) => UserId.Parse(name);

    /// <summary>A reader that has joined, from now on.</summary>
    public async Task<SignalWriter> JoinAsync(
        string user, SignalKind wanted = SignalKind.Typing | SignalKind.Read, bool active = true)
    {
        var writer = new SignalWriter(User(user).Key(), _writerContext, wanted);
        Subscription? subscription = null;
        var head =
            (await Feeds.AttachAsync(Conversation, feed => subscription = new Subscription(writer, feed)))!.Value.Head;
        subscription!.Cursor = head;
        writer.TryAdd(subscription);
        if (active) subscription.Activate(null);
        return writer;
    }

    /// <summary>Commits an entry and passes it on.</summary>
    public void Publish(ConversationEntry draft) => Feeds.Publish([_log.Commit(draft)]);

    public void Say(string user, bool isTyping = true) =>
        Router.Deliver(new TypingSignal(Conversation, User(user), isTyping));

    public void Read(string user, long sequence) => Router.Deliver(new ReadSignal(Conversation, User(user), sequence));

    /// <summary>Starts what ends those who fall silent.</summary>
    public async Task<TypingExpiry> StartExpiryAsync()
    {
        var expiry = new TypingExpiry(Typing, Feeds, _options, Time);
        await expiry.StartAsync(CancellationToken.None);
        return expiry;
    }

    public ValueTask DisposeAsync() => _background.DisposeAsync();
}
