using Chat.Server.Observability;
using StackExchange.Redis;

namespace Chat.Server.FanOut.Backplane.Redis;

/// <summary>Passes messages to Redis without waiting, as many as the window allows.</summary>
internal sealed class RedisPublisher(FrameSeal seal, BackplaneOptions options, ChatMetrics metrics)
{
    private const long WindowBytes = 32 << 20;

    private readonly PublishWindow _window = new(options.QueueCapacity, WindowBytes);

    /// <summary>Never throws and never waits.</summary>
    public void Publish(ISubscriber redis, RedisChannel name, ReadOnlySpan<byte> message)
    {
        var framed = seal.Close(message);
        if (!_window.TryTake(framed.Length))
        {
            metrics.BackplaneDropped(outgoing: true);
            return;
        }
        _ = PublishAsync(redis, name, framed);
    }

    private async Task PublishAsync(ISubscriber redis, RedisChannel name, byte[] framed)
    {
        try
        {
            // Every message has its own answer: the nodes of a cluster answer in no common order.
            var sent = redis.PublishAsync(name, framed, RedisPrimary.Only);
            metrics.BackplanePublished();
            await sent.ConfigureAwait(false);
        }
        catch (Exception e) when (RedisFailure.Is(e))
        {
            metrics.BackplanePublishFailed();
        }
        finally
        {
            _window.Free(framed.Length);
        }
    }
}
