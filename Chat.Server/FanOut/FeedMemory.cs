using System.Collections.Concurrent;
using Chat.Server.Concurrency;
using Chat.Server.Memory;

namespace Chat.Server.FanOut;

/// <summary>What all feeds hold together, bounded in bytes. Beyond it the feeds are emptied that moved on the longest
/// ago.</summary>
/// <remarks>What a feed holds is a copy of the log: a reader that is not level is shown it from there.</remarks>
internal sealed class FeedMemory(MemoryBudget memory) : IThreadPoolWorkItem
{
    private readonly ConcurrentDictionary<Feed, byte> _feeds = new();
    private RunAgain _clearing;

    /// <summary>What waits to be shown and is in no log.</summary>
    public MemoryPart Signals => memory.Signals;

    public void Add(Feed feed) => _feeds.TryAdd(feed, 0);

    public void Remove(Feed feed) => _feeds.TryRemove(feed, out _);

    /// <summary>A feed holds so much more than before; called while a lock of that feed is held.</summary>
    public void Weigh(long change)
    {
        if (change == 0) return;
        memory.Feeds.Add(change);
        if (change > 0 && IsOver(memory.Feeds.Limit) && _clearing.TryStart()) Enqueue();
    }

    void IThreadPoolWorkItem.Execute()
    {
        _clearing.Begin();
        // An eighth more than it must: looking at all feeds is for many entries, not for each.
        var enough = memory.Feeds.Limit - memory.Feeds.Limit / 8;
        foreach (var feed in _feeds.Keys.OrderBy(feed => feed.MovedAt).TakeWhile(_ => IsOver(enough))) feed.Empty();
        if (!_clearing.TryEnd()) Enqueue();
    }

    private bool IsOver(long bytes) => memory.Feeds.Held > bytes;

    private void Enqueue() => ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
}
