using Chat.Server.Concurrency;

namespace Chat.Server.FanOut;

/// <summary>Runs the rounds of shards.</summary>
internal static class FeedPump
{
    /// <summary>Readers of small feeds that one turn writes to, about.</summary>
    private const int ReadersPerTurn = 16;

    /// <summary>For the shards of one large feed: one for each turn on the thread pool.</summary>
    /// <remarks>Writing to a socket is two steps: a shard puts the bytes into the connections' buffers, then the web
    /// server sends them, also on the pool. Were all shards queued at once, the first reader's bytes would be sent
    /// after the last reader's were buffered. Blocks that go past the buffers need no turns, and gained nothing
    /// without them.</remarks>
    public static Pump<FeedShard> ForLarge() => new(Math.Max(1, Environment.ProcessorCount / 2), perTurn: 1, Run);

    /// <summary>For all small feeds together: a commit advances many, each with a reader or a few.</summary>
    public static Pump<FeedShard> ForSmall() => new(Environment.ProcessorCount, ReadersPerTurn, Run);

    private static int Run(FeedShard shard)
    {
        shard.Run();
        return Math.Max(1, shard.Count);
    }
}
