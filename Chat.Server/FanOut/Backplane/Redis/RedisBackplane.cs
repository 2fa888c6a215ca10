using Chat.Server.Observability;
using StackExchange.Redis;

namespace Chat.Server.FanOut.Backplane.Redis;

/// <summary>The backplane of several instances: sharded pub/sub over a Redis server or a Redis Cluster.</summary>
internal sealed class RedisBackplane : IBackplane, IAsyncDisposable
{
    private readonly RedisChannels _names;
    private readonly RedisConnection _connection;
    private readonly FrameSeal _seal;
    private readonly ChatMetrics _metrics;
    private readonly BackplaneInbox _inbox;
    private readonly RedisSubscriptions _subscriptions;
    private readonly RedisPublisher _publisher;
    private readonly RedisWatch _watch;
    private readonly CancellationTokenSource _stopping = new();
    private Task _running = Task.CompletedTask;

    public RedisBackplane(
        RedisConnection connection,
        FrameSeal seal,
        BackplaneOptions options,
        ChatMetrics metrics,
        ILogger<RedisBackplane> logger)
    {
        (_connection, _seal, _metrics) = (connection, seal, metrics);
        _names = new RedisChannels(options.ChannelPrefix, seal);
        _inbox = new BackplaneInbox(options.QueueCapacity, () => metrics.BackplaneDropped(outgoing: false));
        _subscriptions = new RedisSubscriptions(_names, metrics, Receive);
        _publisher = new RedisPublisher(seal, options, metrics);
        var watched = new RedisWatched(_subscriptions, new RedisProbes(_names, metrics, connection.Time), _inbox,
            connection.Time);
        _watch = new RedisWatch(connection, watched, options, metrics, logger);
        metrics.BackplaneNodes(1);
    }

    public bool HasPeers => true;

    public string? Problem => _watch.Problem;

    public bool Carries(BackplaneChannel channel) => _watch.Carries(_names.NameOf(channel));

    internal RedisConnection Connection => _connection;

    public void Attach(IBackplaneReceiver receiver) =>
        _running = Task.WhenAll(_inbox.RunAsync(receiver), WatchAsync());

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
        if ((byte[]?)message.Message is not { } framed || !_seal.TryOpen(framed, out var opened)) return;
        _metrics.BackplaneReceived();
        _inbox.Offer(channel, opened);
    }

    /// <summary>The names of the channels come from the deployment.</summary>
    private async Task WatchAsync()
    {
        try
        {
            await _seal.Known.WaitAsync(_stopping.Token);
        }
        catch (OperationCanceledException)
        {
            return;
        }
        await _watch.RunAsync(_stopping.Token);
    }
}
