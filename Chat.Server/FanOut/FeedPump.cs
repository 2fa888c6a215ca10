using System.Collections.Concurrent;

namespace Chat.Server.FanOut;

/// <summary>Runs the shards of one large feed, a few at a time and one for each turn on the thread pool.</summary>
/// <remarks>Writing to a socket is two steps: a shard puts the bytes into the connections' buffers, then the web server
/// sends them, also on the pool. Were all shards queued at once, the first reader's bytes would be sent after the last
/// reader's were buffered. Blocks that go past the buffers need no turns, and gained nothing without them.</remarks>
internal sealed class FeedPump : IThreadPoolWorkItem
{
    private static readonly int MaxRunners = Math.Max(1, Environment.ProcessorCount / 2);

    private readonly ConcurrentQueue<FeedShard> _due = new();
    private int _runners;

    public void Enqueue(FeedShard shard)
    {
        _due.Enqueue(shard);
        TryStartRunner();
    }

    void IThreadPoolWorkItem.Execute()
    {
        if (_due.TryDequeue(out var shard)) shard.Run();
        if (!_due.IsEmpty)
        {
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false); // behind the sends that the shard caused
            return;
        }
        Interlocked.Decrement(ref _runners);
        if (!_due.IsEmpty) TryStartRunner(); // it came while this runner was ending
    }

    private void TryStartRunner()
    {
        var runners = Volatile.Read(ref _runners);
        while (runners < MaxRunners)
        {
            var seen = Interlocked.CompareExchange(ref _runners, runners + 1, runners);
            if (seen == runners)
            {
                ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
                return;
            }
            runners = seen;
        }
    }
}
