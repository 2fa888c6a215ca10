using Chat.Contracts.Identifiers;
using Chat.Server.Concurrency;

namespace Chat.Server.FanOut;

/// <summary>The listeners of one feed, spread over shards.</summary>
/// <remarks>Not thread-safe but for <see cref="Count"/> and <see cref="Enqueue"/>: its feed locks.</remarks>
/// <param name="feed">Whose.</param>
/// <param name="readersPerShard">The most of one shard.</param>
/// <param name="small">Runs the rounds until there is a second shard.</param>
internal sealed class FeedShards(Feed feed, int readersPerShard, Pump<FeedShard> small)
{
    private readonly List<FeedShard> _shards = [];
    private Pump<FeedShard>? _large; // null: there was never more than one shard
    private FeedShard? _open; // had room when it was looked at last
    private int _count;

    public int Count => Volatile.Read(ref _count);

    public void Add(FeedListener listener)
    {
        _count++;
        if (_open?.TryAdd(listener) is true) return;
        foreach (var shard in _shards)
            if (shard.TryAdd(listener))
            {
                _open = shard;
                return;
            }
        var added = new FeedShard(feed, readersPerShard);
        added.TryAdd(listener);
        _shards.Add(_open = added);
        if (_shards.Count > 1) _large ??= FeedPump.ForLarge();
    }

    /// <returns>False when it is not here any more.</returns>
    public bool Remove(FeedListener listener)
    {
        if (listener.Shard is not { } shard || listener.ShardIndex < 0) return false;
        _count--;
        shard.Remove(listener);
        _open = shard;
        if (shard.Count == 0 && _shards.Count > 1 && _shards.Remove(shard)) _open = null;
        return true;
    }

    /// <summary>Wakes all of them soon.</summary>
    public void Schedule()
    {
        foreach (var shard in _shards) shard.Schedule();
    }

    /// <summary>Ends the view of every listener of this user after the given sequence.</summary>
    public void LowerLimit(UserId user, long last)
    {
        foreach (var shard in _shards) shard.LowerLimit(user, last);
    }

    /// <inheritdoc cref="FeedShard.Restart"/>
    public void Restart(long last, IReadOnlySet<UserId> gone)
    {
        ForgetBlocks();
        foreach (var shard in _shards) shard.Restart(last, gone);
    }

    public void TellGeneration()
    {
        foreach (var shard in _shards) shard.TellGeneration();
    }

    /// <inheritdoc cref="FeedShard.ForgetBlocks"/>
    public void ForgetBlocks()
    {
        foreach (var shard in _shards) shard.ForgetBlocks();
    }

    public void CopyTo(List<FeedListener> target)
    {
        foreach (var shard in _shards) shard.CopyTo(target);
    }

    /// <summary>Schedules the shard's next round.</summary>
    public void Enqueue(FeedShard shard) => (_large ?? small).Enqueue(shard);
}
