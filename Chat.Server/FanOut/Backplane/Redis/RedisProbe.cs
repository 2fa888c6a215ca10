using System.Buffers.Binary;
using StackExchange.Redis;

namespace Chat.Server.FanOut.Backplane.Redis;

/// <summary>Messages that this instance sends to itself through one node, to see whether they come back.</summary>
internal sealed class RedisProbe(RedisChannel name, TimeProvider time, Action<TimeSpan> answered)
{
    /// <summary>Even a node with a single slot almost certainly has a channel among this many.</summary>
    public const int MostNumbers = 200_000;

    private const int MostLacking = 2;

    private readonly long _madeAt = time.GetTimestamp();
    private long _sentAt = long.MinValue;
    private long _heardAt;
    private ChannelMessageQueue? _queue;
    private int _lacking;

    public RedisChannel Name { get; } = name;

    /// <summary>The slots that its node has now; none without a cluster.</summary>
    public IList<SlotRange> Slots { get; set; } = [];

    /// <summary>The time since the last one came back.</summary>
    public TimeSpan Silence => time.GetElapsedTime(Math.Max(_madeAt, Volatile.Read(ref _heardAt)));

    /// <summary>Whether one that was sent since then came back.</summary>
    public bool AnsweredSince(long timestamp) => Volatile.Read(ref _sentAt) >= timestamp;

    /// <summary>Sends one, after subscribing if needed. Waits only for the answer to the subscription.</summary>
    public async Task SendAsync(ISubscriber redis)
    {
        try
        {
            // The library restores subscriptions; one that it does not restore although the server answers is lost.
            var isLacking = _queue is not null && redis.SubscribedEndpoint(Name) is null && redis.IsConnected(Name);
            _lacking = isLacking ? _lacking + 1 : 0;
            if (_lacking > MostLacking) await StopAsync(redis);
            if (_queue is null)
            {
                var queue = await redis.SubscribeAsync(Name, RedisPrimary.Only);
                queue.OnMessage(message => Answered(message.Message));
                _queue = queue;
            }
            var now = new byte[sizeof(long)];
            BinaryPrimitives.WriteInt64LittleEndian(now, time.GetTimestamp());
            await redis.PublishAsync(Name, now, RedisPrimary.Only | CommandFlags.FireAndForget);
        }
        catch (Exception e) when (RedisFailure.Is(e))
        {
            if (_queue is null) await StopAsync(redis);
        }
    }

    public async Task StopAsync(ISubscriber redis)
    {
        _queue = null;
        try
        {
            await redis.UnsubscribeAsync(Name);
        }
        catch (Exception e) when (RedisFailure.Is(e))
        {
            // Redis is away, and the subscription with it.
        }
    }

    private void Answered(RedisValue payload)
    {
        if ((byte[]?)payload is not { Length: sizeof(long) } bytes) return;
        var sentAt = BinaryPrimitives.ReadInt64LittleEndian(bytes);
        Volatile.Write(ref _sentAt, sentAt);
        Volatile.Write(ref _heardAt, time.GetTimestamp());
        answered(time.GetElapsedTime(sentAt));
    }
}
