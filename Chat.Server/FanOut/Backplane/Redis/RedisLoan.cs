using StackExchange.Redis;

namespace Chat.Server.FanOut.Backplane.Redis;

/// <summary>Lends our Redis connection to a library.</summary>
internal sealed class RedisLoan(
    RedisConnection connection, FrameSeal seal, BackplaneExchange backplane, BackplaneOptions options,
    BackgroundWork background)
{
    /// <summary>A multiplexer that is not closed when its user closes it. A channel that the user names
    /// <c>{theirs}:user:ann</c> is ours, <c>{prefix}:{deployment}:{ours}:user:ann</c>: one right in Redis allows all,
    /// and deployments that share a Redis stay apart. All are sharded: in a Redis Cluster one node carries
    /// each.</summary>
    /// <param name="ours">What our names have after the prefix.</param>
    /// <param name="theirs">What the user's names begin with.</param>
    /// <returns>Ends when there is a connection, which may be disconnected.</returns>
    /// <exception cref="OperationCanceledException">The instance stops.</exception>
    public async Task<IConnectionMultiplexer> LendAsync(string ours, string theirs)
    {
        await seal.Known.WaitAsync(background.Stopping);
        var redis = await connection.GetAsync().WaitAsync(background.Stopping);
        var subscriber = LentSubscriber.Over(redis.GetSubscriber(), NameOf, () => backplane.Problem is null);
        return LentMultiplexer.Over(subscriber);

        RedisChannel NameOf(RedisChannel channel)
        {
            var name = channel.ToString();
            var rest = name.StartsWith(theirs, StringComparison.Ordinal) ? name.AsSpan(theirs.Length) : $":{name}";
            return RedisChannel.Sharded($"{options.ChannelPrefix}:{seal.Tag}:{ours}{rest}");
        }
    }
}
