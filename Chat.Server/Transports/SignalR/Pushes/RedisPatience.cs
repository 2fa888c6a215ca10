using Chat.Server.FanOut;
using Chat.Server.FanOut.Backplane;
using Chat.Server.FanOut.Backplane.Redis;

namespace Chat.Server.Transports.SignalR.Pushes;

/// <summary>How long pushes wait for Redis.</summary>
internal sealed class RedisPatience(BackplaneExchange backplane, RedisConnection connection, WriterContext context)
{
    private static readonly TimeSpan ShortBound = TimeSpan.FromMilliseconds(250), LongBound = TimeSpan.FromSeconds(5);

    /// <summary>Ends when there is a connection, which may be disconnected.</summary>
    public Task Ready => connection.GetAsync();

    /// <summary>True while messages come through, as far as is known.</summary>
    public bool IsUp => backplane.Problem is null;

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
