namespace Chat.Server.FanOut.Backplane;

/// <summary>The only connection to the other instances: adds a kind to each message, and passes received messages to
/// the topic of their kind.</summary>
internal sealed partial class BackplaneExchange : IBackplaneReceiver
{
    private readonly IBackplane _backplane;
    private readonly Lazy<IBackplaneTopic?[]> _topics;
    private readonly KeptMessages _kept;
    private readonly ILogger<BackplaneExchange> _logger;

    public BackplaneExchange(
        IBackplane backplane, IServiceProvider services, KeptMessages kept, ILogger<BackplaneExchange> logger)
    {
        _backplane = backplane;
        _kept = kept;
        _logger = logger;
        _topics = new(() => TopicsOf(services)); // late, because topics also publish through this class
        backplane.Attach(this);
        _ = backplane.Subscribe(BackplaneChannel.Everyone); // never fails, and its end does not matter
    }

    /// <summary>False when no other instance can be listening: then encoding is not needed.</summary>
    public bool HasPeers => _backplane.HasPeers;

    /// <summary>Null while messages are carried.</summary>
    public string? Problem => _backplane.Problem;

    /// <inheritdoc cref="IBackplane.Carries" />
    public bool Carries(BackplaneChannel channel) => _backplane.Carries(channel);

    /// <inheritdoc cref="IBackplane.Subscribe" />
    public Task Subscribe(BackplaneChannel channel) => _backplane.Subscribe(channel);

    public void Unsubscribe(BackplaneChannel channel) => _backplane.Unsubscribe(channel);

    /// <param name="channel">Where to.</param>
    /// <param name="message">Begins with one byte that is free for the kind.</param>
    /// <param name="kind">What it is.</param>
    /// <param name="isKept">Sends it again when it may have been lost. For what may come twice and late, and is found
    /// by no comparison with the database.</param>
    public void Publish(BackplaneChannel channel, byte[] message, MessageKind kind, bool isKept = false)
    {
        message[0] = (byte)kind;
        if (isKept) _kept.Keep(channel, message);
        _backplane.Publish(channel, message);
    }

    void IBackplaneReceiver.Receive(BackplaneChannel channel, ReadOnlyMemory<byte> message)
    {
        // a newer instance may send kinds that are not known here
        if (message.Length == 0 || _topics.Value[message.Span[0]] is not { } topic) return;
        try
        {
            topic.Receive(channel, message[1..]);
        }
        catch (Exception e)
        {
            Log.NotUnderstood(_logger, topic.Kind, e); // its content is in the database, or will be sent again
        }
    }

    void IBackplaneReceiver.Recover()
    {
        foreach (var topic in _topics.Value) topic?.Recover();
    }

    private static IBackplaneTopic?[] TopicsOf(IServiceProvider services)
    {
        var topics = new IBackplaneTopic?[byte.MaxValue + 1];
        try
        {
            foreach (var topic in services.GetServices<IBackplaneTopic>()) topics[(byte)topic.Kind] = topic;
        }
        catch (ObjectDisposedException)
        {
            // The first message came when the server had ended: there is no receiver.
        }
        return topics;
    }

    private static partial class Log
    {
        [LoggerMessage(3100, LogLevel.Warning, "A message of kind {Kind} from another instance could not be used")]
        public static partial void NotUnderstood(ILogger logger, MessageKind kind, Exception exception);
    }
}
