using Chat.Server.Observability;
using StackExchange.Redis;

namespace Chat.Server.FanOut.Backplane.Redis;

/// <summary>The backplane of several instances: sharded pub/sub over a Redis server or a Redis Cluster.</summary>
internal sealed class RedisBackplane : IBackplane, IAsyncDisposable
{
    private readonly RedisChannels _names;
    private readonly RedisConnection _connection;
    private readonly ChatMetrics _metrics;
    private readonly BackplaneInbox _inbox;
    private readonly RedisSubscriptions _subscriptions;
    private readonly RedisPublisher _publisher;
    private readonly RedisWatch _watch;
    private readonly CancellationTokenSource _stopping = new();
    private Task _running = Task.CompletedTask;

    public RedisBackplane(
        RedisConnection connection,
        BackplaneOptions options,
        ChatMetrics metrics,
        TimeProvider time,
        ILogger<RedisBackplane> logger)
    {
        (_connection, _metrics) = (connection, metrics);
        var instance = Guid.NewGuid();
        _names = new RedisChannels(options.ChannelPrefix, instance);
        _inbox = new BackplaneInbox(options.QueueCapacity, () => metrics.BackplaneDropped(outgoing: false));
        _subscriptions = new RedisSubscriptions(_names, metrics, Receive);
        _publisher = new RedisPublisher(instance, options, metrics);
        var watched = new RedisWatched(_subscriptions, new RedisProbes(_names, metrics, time), _inbox, time);
        _watch = new RedisWatch(connection, watched, options, metrics, logger);
        metrics.BackplaneNodes(1);
    }

    public bool HasPeers => true;

    public string? Problem => _watch.Problem;

    public bool Carries(BackplaneChannel channel) => _watch.Carries(_names.NameOf(channel));

    internal RedisConnection Connection => _connection;

    public void Attach(IBackplaneReceiver receiver) =>
        _running = Task.WhenAll(_inbox.RunAsync(receiver), _watch.RunAsync(_stopping.Token));

    public Task Subscribe(BackplaneChannel channel) => _subscriptions.Subscribe(channel, away: !_watch.IsReachable);

    public void Unsubscribe(BackplaneChannel channel) => _subscriptions.Unsubscribe(channel);

    public void Publish(BackplaneChannel channel, ReadOnlyMemory<byte> message)
    {
        if (_watch.IsReachable && Redis is { } redis) _publisher.Publish(redis, _names.NameOf(channel), message.Span);
        else _metrics.BackplanePublishFailed();
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _inbox.Complete();
        await _running;
    }

    private ISubscriber? Redis =>
        _connection.GetAsync() is { IsCompletedSuccessfully: true } ready ? ready.Result.GetSubscriber() : null;

    private void Receive(BackplaneChannel channel, ChannelMessage message)
    {
        if ((byte[]?)message.Message is not { } framed || !_publisher.IsForeign(framed)) return;
        _metrics.BackplaneReceived();
        _inbox.Offer(channel, framed.AsMemory(RedisPublisher.InstanceLength));
    }
}
