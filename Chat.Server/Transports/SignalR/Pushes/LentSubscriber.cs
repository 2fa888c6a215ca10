using System.Reflection;
using Chat.Server.FanOut.Backplane.Redis;
using StackExchange.Redis;

namespace Chat.Server.Transports.SignalR.Pushes;

/// <summary>The subscriber of a lent multiplexer: other channel names, and subscribing never fails.</summary>
/// <remarks>While Redis is away the library notes what is wanted, and subscribes when Redis is back. The framework's
/// manager would take a failure for good, and would lack the channel until the process ends.</remarks>
internal class LentSubscriber : DispatchProxy
{
    private ISubscriber _redis = null!;
    private HubChannels _names = null!;
    private LentRedis _owner = null!;

    public static ISubscriber Over(ISubscriber redis, HubChannels names, LentRedis owner)
    {
        var lent = Create<ISubscriber, LentSubscriber>();
        var self = (LentSubscriber)lent;
        (self._redis, self._names, self._owner) = (redis, names, owner);
        return lent;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => (targetMethod!.Name, args) switch
    {
        (nameof(ISubscriber.PublishAsync), [RedisChannel channel, RedisValue message, _]) =>
            _redis.PublishAsync(_names.NameOf(channel), message),
        (nameof(ISubscriber.SubscribeAsync), [RedisChannel channel, _]) => SubscribeAsync(_names.NameOf(channel)),
        (nameof(ISubscriber.UnsubscribeAsync), [RedisChannel channel, null, _]) =>
            UnsubscribeAsync(_names.NameOf(channel)),
        // Of the whole multiplexer: also what others subscribed to.
        (nameof(ISubscriber.UnsubscribeAll), _) => null,
        _ => throw new NotSupportedException($"{targetMethod.Name} of a lent connection"),
    };

    private async Task<ChannelMessageQueue> SubscribeAsync(RedisChannel channel)
    {
        if (_owner.IsUp)
            try
            {
                return await _redis.SubscribeAsync(channel);
            }
            catch (Exception e) when (RedisFailure.Is(e))
            {
                // The library keeps a queue that nobody reads. It is told to forget it.
                await UnsubscribeAsync(channel);
            }
        return await _redis.SubscribeAsync(channel, CommandFlags.FireAndForget);
    }

    private async Task UnsubscribeAsync(RedisChannel channel)
    {
        try
        {
            await _redis.UnsubscribeAsync(channel, null,
                _owner.IsUp ? CommandFlags.None : CommandFlags.FireAndForget);
        }
        catch (Exception e) when (RedisFailure.Is(e))
        {
            // Redis is away, and the subscription with it.
        }
    }
}
