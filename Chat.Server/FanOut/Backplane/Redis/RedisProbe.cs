using System.Buffers.Binary;
using StackExchange.Redis;

namespace Chat.Server.FanOut.Backplane.Redis;

/// <summary>Messages that this instance sends to itself by one node: whether they come back.</summary>
internal sealed class RedisProbe(RedisChannel name, TimeProvider time, Action<TimeSpan> answered)
{
    /// <summary>A node with a single slot has a channel among so many, as good as certainly.</summary>
    public const int MostNumbers = 200_000;

    private const int MostLacking = 2;

    private readonly long _madeAt = time.GetTimestamp();
    private long _sentAt = long.MinValue;
    private long _heardAt;
    private ChannelMessageQueue? _queue;
    private int _lacking;

    public RedisChannel Name { get; } = name;

    /// <summary>The slots of a cluster that its node has now; none where there is no cluster.</summary>
    public IList<SlotRange> Slots { get; set; } = [];

    /// <summary>How long none came back.</summary>
    public TimeSpan Silence => time.GetElapsedTime(Math.Max(_madeAt, Volatile.Read(ref _heardAt)));

    /// <summary>Whether one came back that was sent since.</summary>
    public bool AnsweredSince(long timestamp) => Volatile.Read(ref _sentAt) >= timestamp;

    /// <summary>Sends one, and listens first when it does not yet. Waits for the answer to listening alone.</summary>
    public async Task SendAsync(ISubscriber redis)
    {
        try
        {
            // The library subscribes again by itself; what it does not, though the server is there, it has lost.
            var isLacking = _queue is not null && redis.SubscribedEndpoint(Name) is null && redis.IsConnected(Name);
            _lacking = isLacking ? _lacking + 1 : 0;
            if (_lacking > MostLacking) await StopAsync(redis);
            if (_queue is null)
            {
                var queue = await redis.SubscribeAsync(Name);
                queue.OnMessage(message => Answered(message.Message));
                _queue = queue;
            }
            var now = new byte[sizeof(long)];
            BinaryPrimitives.WriteInt64LittleEndian(now, time.GetTimestamp());
            await redis.PublishAsync(Name, now, CommandFlags.FireAndForget);
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
