using Chat.Server.Observability;
using StackExchange.Redis;

namespace Chat.Server.FanOut.Backplane.Redis;

/// <summary>
/// Hands messages to Redis without waiting, as many as the window lets through, and takes this instance's own out
/// of what comes.
/// </summary>
internal sealed class RedisPublisher(Guid instance, BackplaneOptions options, ChatMetrics metrics)
{
    public const int InstanceLength = 16;

    private const long WindowBytes = 32 << 20;

    private readonly PublishWindow _window = new(options.QueueCapacity, WindowBytes);

    /// <summary>Never throws and never waits.</summary>
    public void Publish(ISubscriber redis, RedisChannel name, ReadOnlySpan<byte> message)
    {
        var framed = Frame(message);
        if (!_window.TryTake(framed.Length))
        {
            metrics.BackplaneDropped(outgoing: true);
            return;
        }
        _ = PublishAsync(redis, name, framed);
    }

    /// <summary>Whether another instance wrote it.</summary>
    public bool IsForeign(ReadOnlySpan<byte> framed) =>
        framed.Length > InstanceLength && new Guid(framed[..InstanceLength]) != instance;

    private async Task PublishAsync(ISubscriber redis, RedisChannel name, byte[] framed)
    {
        try
        {
            // Every message is answered for itself: the nodes of a cluster answer in no common order.
            var sent = redis.PublishAsync(name, framed);
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

    /// <summary>
    /// What an instance wrote about itself begins with its id: the subscription to a channel brings that back too.
    /// </summary>
    private byte[] Frame(ReadOnlySpan<byte> message)
    {
        var framed = GC.AllocateUninitializedArray<byte>(InstanceLength + message.Length);
        instance.TryWriteBytes(framed);
        message.CopyTo(framed.AsSpan(InstanceLength));
        return framed;
    }
}
