using Chat.Server.Observability;

namespace Chat.Server.FanOut.Backplane.Redis;

/// <summary>The backplane of several instances: Redis pub/sub, with the conversations shared out over one or more nodes.</summary>
internal sealed class RedisBackplane : IBackplane, IAsyncDisposable
{
    private readonly RedisContext _context;
    private readonly RedisNode[] _nodes;
    private readonly CancellationTokenSource _stopping = new();
    private Task _running = Task.CompletedTask;

    public RedisBackplane(RedisSettings settings, BackplaneOptions options, ChatMetrics metrics, TimeProvider time, ILogger<RedisBackplane> logger)
    {
        var instance = Guid.NewGuid();
        var inbox = new BackplaneInbox(options.QueueCapacity, () => metrics.BackplaneDropped(outgoing: false));
        _context = new RedisContext(instance, new RedisChannels(options.ChannelPrefix, instance), options, inbox, metrics, time, logger);
        _nodes = settings.Nodes.Select((endpoint, index) => new RedisNode(_context, endpoint, index)).ToArray();
        metrics.BackplaneNodes(_nodes.Length);
    }

    public bool HasPeers => true;

    public string? Problem
    {
        get
        {
            var away = _nodes.Count(node => !node.IsUp);
            return away == 0 ? null : _nodes.Length == 1 ? "redis does not answer" : $"redis: {away} of {_nodes.Length} nodes do not answer";
        }
    }

    internal IReadOnlyList<RedisNode> Nodes => _nodes;

    public void Attach(IBackplaneReceiver receiver) =>
        _running = Task.WhenAll([_context.Inbox.RunAsync(receiver), .. _nodes.Select(node => node.RunAsync(_stopping.Token))]);

    public Task Subscribe(BackplaneChannel channel) => NodeOf(channel).Subscribe(channel);

    public void Unsubscribe(BackplaneChannel channel) => NodeOf(channel).Unsubscribe(channel);

    public void Publish(BackplaneChannel channel, ReadOnlyMemory<byte> message) => NodeOf(channel).Publish(channel, message.Span);

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _context.Inbox.Complete();
        await _running;
        _stopping.Dispose();
    }

    private RedisNode NodeOf(BackplaneChannel channel) => _nodes[RedisShard.Of(channel, _nodes.Length)];
}
