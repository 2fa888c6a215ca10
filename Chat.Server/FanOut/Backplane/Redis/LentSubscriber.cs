using System.Reflection;
using StackExchange.Redis;

namespace Chat.Server.FanOut.Backplane.Redis;

/// <summary>The subscriber of a lent multiplexer: other channel names, and subscribing never fails.</summary>
/// <remarks>While Redis is down, the library remembers the subscription and makes it when Redis is back. Its user would
/// treat a failure as final, and would lack the channel until the process ends.</remarks>
internal class LentSubscriber : DispatchProxy
{
    private ISubscriber _redis = null!;
    private Func<RedisChannel, RedisChannel> _nameOf = null!;
    private Func<bool> _isUp = null!;

    public static ISubscriber Over(
        ISubscriber redis, Func<RedisChannel, RedisChannel> nameOf, Func<bool> isUp)
    {
        var lent = Create<ISubscriber, LentSubscriber>();
        var self = (LentSubscriber)lent;
        (self._redis, self._nameOf, self._isUp) = (redis, nameOf, isUp);
        return lent;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => (targetMethod!.Name, args) switch
    {
        (nameof(ISubscriber.PublishAsync), [RedisChannel channel, RedisValue message, _]) =>
            _redis.PublishAsync(_nameOf(channel), message, RedisPrimary.Only),
        (nameof(ISubscriber.SubscribeAsync), [RedisChannel channel, _]) => SubscribeAsync(_nameOf(channel)),
        (nameof(ISubscriber.UnsubscribeAsync), [RedisChannel channel, null, _]) =>
            UnsubscribeAsync(_nameOf(channel)),
        // Of the whole multiplexer: also what others subscribed to.
        (nameof(ISubscriber.UnsubscribeAll), _) => null,
        _ => throw new NotSupportedException($"{targetMethod.Name} of a lent connection"),
    };

    private async Task<ChannelMessageQueue> SubscribeAsync(RedisChannel channel)
    {
        if (_isUp())
            try
            {
                return await _redis.SubscribeAsync(channel, RedisPrimary.Only);
            }
            catch (Exception e) when (RedisFailure.Is(e))
            {
                // The library keeps a queue that is not read, so it is removed.
                await UnsubscribeAsync(channel);
            }
        return await _redis.SubscribeAsync(channel, RedisPrimary.Only | CommandFlags.FireAndForget);
    }

    private async Task UnsubscribeAsync(RedisChannel channel)
    {
        try
        {
            await _redis.UnsubscribeAsync(channel, null,
                _isUp() ? CommandFlags.None : CommandFlags.FireAndForget);
        }
        catch (Exception e) when (RedisFailure.Is(e))
        {
            // Redis is down, and so is the subscription.
        }
    }
}
