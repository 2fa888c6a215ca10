using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Server.Callers;
using Chat.Server.FanOut;
using Chat.Server.FanOut.Signals;
using Chat.Tests.Fixtures;

namespace Chat.Tests.Unit.FanOut.Signals;

/// <summary>The fan-out of one instance, with one conversation and a clock that is moved by hand.</summary>
internal sealed class SignalHost : IAsyncDisposable
{
    private readonly LogDouble _log = new();
    private readonly LoneFeeds _feeds;

    public SignalHost()
    {
        _feeds = new LoneFeeds(_log, new FanOutOptions(), Time);
        Router = new SignalRouter(Feeds, Typing, _feeds.Exchange);
    }

    public Admission Admission => _feeds.Admission;

    public ManualTime Time { get; } = new();

    public TypingTracker Typing => _feeds.Typing;

    public FeedRegistry Feeds => _feeds.Registry;

    public SignalRouter Router { get; }

    public LogDouble Log => _log;

    public ConversationId Conversation => _log.Conversation;

    public static UserId User(string name) => UserId.Parse(name);

    /// <summary>A reader that has joined, from now on.</summary>
    public async Task<SignalWriter> JoinAsync(
        string user, SignalKind wanted = SignalKind.Typing | SignalKind.Read, bool active = true)
    {
        var writer = new SignalWriter(User(user).Key(), _feeds.Writers, wanted);
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
        var expiry = new TypingExpiry(Typing, Feeds, new SignalsOptions(), Time);
        await expiry.StartAsync(CancellationToken.None);
        return expiry;
    }

    public ValueTask DisposeAsync() => _feeds.DisposeAsync();
}
