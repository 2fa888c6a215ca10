using Chat.Server.FanOut;
using Chat.Server.FanOut.Backplane;
using Chat.Server.FanOut.Backplane.Redis;
using StackExchange.Redis;

namespace Chat.Server.Transports.SignalR.Pushes;

/// <summary>Our connection to Redis as the framework's manager may use it, and the bounds of waiting for it.</summary>
internal sealed class LentRedis(
    RedisConnection connection, BackplaneExchange backplane, BackplaneOptions options, WriterContext context)
{
    private static readonly TimeSpan ShortBound = TimeSpan.FromMilliseconds(250), LongBound = TimeSpan.FromSeconds(5);

    /// <summary>True while messages come through, as far as is known.</summary>
    public bool IsUp => backplane.Problem is null;

    /// <summary>A multiplexer that has our channel names, and is not closed when its user closes it.</summary>
    public async Task<IConnectionMultiplexer> LendAsync()
    {
        var redis = await connection.GetAsync().WaitAsync(context.Background.Stopping);
        var names = new HubChannels(options.ChannelPrefix, typeof(ChatHub).FullName!);
        return LentMultiplexer.Over(LentSubscriber.Over(redis.GetSubscriber(), names, this));
    }

    /// <summary>Waits for a quarter of a second; what takes longer goes on in the background.</summary>
    public async Task WaitShortlyAsync(Task work)
    {
        if (work.IsCompletedSuccessfully) return;
        context.Background.Watch(work);
        await Task.WhenAny(work, Task.Delay(ShortBound, context.Time));
    }

    /// <returns>False when Redis is away, or did not answer in time.</returns>
    public async Task<bool> TryAsync(Func<Task> work)
    {
        if (!IsUp) return false;
        try
        {
            await work().WaitAsync(LongBound, context.Time);
            return true;
        }
        catch (Exception e) when (RedisFailure.Is(e))
        {
            context.Metrics.BackplanePublishFailed();
            return false;
        }
    }
}
