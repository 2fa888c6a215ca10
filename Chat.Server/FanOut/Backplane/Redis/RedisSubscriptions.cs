using Chat.Server.Observability;
using StackExchange.Redis;

namespace Chat.Server.FanOut.Backplane.Redis;

/// <summary>The wanted channels, and the calls that pass them to the library.</summary>
internal sealed class RedisSubscriptions(
    RedisChannels names, ChatMetrics metrics, Action<BackplaneChannel, ChannelMessage> receive)
{
    // More at once would time out on a busy machine and have to be repeated.
    private const int MostCalls = 256, MostAttempts = 5;

    private readonly SemaphoreSlim _calls = new(MostCalls);
    private readonly Lock _gate = new();
    private readonly Dictionary<BackplaneChannel, RedisSubscription> _channels = [];
    private ISubscriber? _redis;
    private int _wanted;

    /// <summary>How many channels are wanted.</summary>
    public int Count => Volatile.Read(ref _wanted);

    /// <inheritdoc cref="IBackplane.Subscribe" />
    /// <param name="channel">Which.</param>
    /// <param name="away">Redis is known to be down: it is subscribed when Redis is back.</param>
    public Task Subscribe(BackplaneChannel channel, bool away)
    {
        lock (_gate)
        {
            if (!_channels.TryGetValue(channel, out var subscription))
                _channels[channel] = subscription = new RedisSubscription(channel, names);
            if (!subscription.Wanted)
            {
                subscription.Wanted = true;
                _wanted++;
                metrics.BackplaneChannelOpened();
            }
            return away ? Task.CompletedTask : Settle_NeedsLock(subscription);
        }
    }

    public void Unsubscribe(BackplaneChannel channel)
    {
        lock (_gate)
        {
            if (!_channels.TryGetValue(channel, out var subscription) || !subscription.Wanted) return;
            subscription.Wanted = false;
            _wanted--;
            metrics.BackplaneChannelClosed();
            _ = Settle_NeedsLock(subscription);
        }
    }

    /// <summary>From now on the library can be called.</summary>
    public void Use(ISubscriber redis)
    {
        lock (_gate) _redis = redis;
    }

    /// <summary>Subscribes to the wanted channels that the library does not know.</summary>
    public Task SettleAsync()
    {
        lock (_gate) return Task.WhenAll(_channels.Values.ToArray().Select(Settle_NeedsLock));
    }

    /// <summary>How many of the wanted channels no server is known to carry.</summary>
    /// <param name="moved">Whether the server of a channel changed since the last check: messages may have been
    /// lost.</param>
    public int Lacking(out bool moved)
    {
        moved = false;
        lock (_gate)
        {
            if (_redis is not { } redis) return _wanted;
            var lacking = 0;
            foreach (var one in _channels.Values)
            {
                if (!one.Wanted || one.Settling is not null) continue;
                var carrier = one.Queue is null ? null : redis.SubscribedEndpoint(one.Name);
                if (carrier is null) lacking++;
                else if (one.Carrier is { } before && !before.Equals(carrier)) moved = true;
                one.Carrier = carrier;
            }
            return lacking;
        }
    }

    /// <summary>Removes the channels that no server carries from the library, and subscribes to them again.</summary>
    public Task RenewAsync()
    {
        lock (_gate)
        {
            foreach (var one in _channels.Values)
                if (one is { Wanted: true, Settling: null, Queue: { } queue }
                    && _redis?.SubscribedEndpoint(one.Name) is null)
                {
                    one.Queue = null;
                    one.Settling = ForgetAsync(one, queue);
                }
            return Task.WhenAll(_channels.Values.Select(one => one.Settling ?? Task.CompletedTask).ToArray());
        }
    }

    private async Task ForgetAsync(RedisSubscription subscription, ChannelMessageQueue queue)
    {
        await Task.Yield(); // the caller holds the lock
        await TryAsync(queue.UnsubscribeAsync());
        await SettleAsync(subscription, _redis!);
    }

    private Task Settle_NeedsLock(RedisSubscription subscription)
    {
        if (subscription.Settling is { } settling) return settling;
        if (subscription.Wanted == subscription.Queue is not null) return Task.CompletedTask;
        if (_redis is not { } redis)
        {
            if (!subscription.Wanted) _channels.Remove(subscription.Channel);
            return Task.CompletedTask;
        }
        return subscription.Settling = StartAsync(subscription, redis);
    }

    private async Task StartAsync(RedisSubscription subscription, ISubscriber redis)
    {
        await Task.Yield(); // the caller holds the lock
        await SettleAsync(subscription, redis);
    }

    /// <summary>Completes when the library has the wanted state, or the call failed.</summary>
    private async Task SettleAsync(RedisSubscription subscription, ISubscriber redis)
    {
        var attempts = 0;
        for (var told = true; ;)
        {
            bool wanted;
            lock (_gate)
            {
                wanted = subscription.Wanted;
                if (!told || wanted == subscription.Queue is not null)
                {
                    subscription.Settling = null;
                    if (!wanted && subscription.Queue is null) _channels.Remove(subscription.Channel);
                    return;
                }
            }
            if (wanted) told = await SubscribeAsync(subscription, redis, ++attempts);
            else
            {
                var queue = subscription.Queue!;
                subscription.Queue = null;
                await TryAsync(queue.UnsubscribeAsync());
            }
        }
    }

    /// <returns>False: continuing is useless now.</returns>
    private async Task<bool> SubscribeAsync(RedisSubscription subscription, ISubscriber redis, int attempt)
    {
        await _calls.WaitAsync();
        try
        {
            var queue = await redis.SubscribeAsync(subscription.Name, RedisPrimary.Only);
            queue.OnMessage(message => receive(subscription.Channel, message));
            lock (_gate) (subscription.Queue, subscription.Carrier) = (queue, null);
            return true;
        }
        catch (Exception e) when (RedisFailure.Is(e))
        {
            // The library keeps a queue that is not read, so it is removed, and then subscribed again.
            await TryAsync(redis.UnsubscribeAsync(subscription.Name));
            return e is TimeoutException && attempt < MostAttempts;
        }
        finally
        {
            _calls.Release();
        }
    }

    private static async Task TryAsync(Task call)
    {
        try
        {
            await call;
        }
        catch (Exception e) when (RedisFailure.Is(e))
        {
            // Redis is away, and the subscription with it.
        }
    }
}
