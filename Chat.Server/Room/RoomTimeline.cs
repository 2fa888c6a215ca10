using System.Collections.Concurrent;
using Chat.Contracts.Identifiers;
using Chat.Server.FanOut;
using Chat.Server.Persistence;

namespace Chat.Server.Room;

/// <summary>Finds the position in the room's log that belongs to a time.</summary>
internal sealed class RoomTimeline
{
    private const int RememberedTimes = 1_024;

    private readonly ConcurrentDictionary<DateTimeOffset, Lazy<Task<long>>> _known = new();
    private readonly IMessageStore _store;

    public RoomTimeline(IMessageStore store, LogIdentity identity)
    {
        _store = store;
        identity.Changed += _known.Clear;
    }

    /// <summary>The newest sequence up to <paramref name="head"/> whose entry is not later than this time; 0 when there
    /// is none.</summary>
    public async ValueTask<long> FindSequenceAsync(Feed feed, DateTimeOffset time, long head)
    {
        if (feed.FindSequence(time) is { } inMemory) return Math.Min(inMemory, head);
        if (_known.Count >= RememberedTimes) _known.Clear();
        // Many clients request the same second, all at once when they were woken together: they share one search.
        var search = _known.GetOrAdd(time, static (t, s) => new Lazy<Task<long>>(() => s.self.SearchAsync(t, s.head)),
            (self: this, head));
        try
        {
            var found = await search.Value;
            // new entries may still not be later than the time; older ones do not change any more
            if (found >= head) Forget(time, search);
            return Math.Min(found, head);
        }
        catch
        {
            Forget(time, search);
            throw;
        }
    }

    private void Forget(DateTimeOffset time, Lazy<Task<long>> search) =>
        _known.TryRemove(KeyValuePair.Create(time, search));

    /// <summary>Time increases strictly with the sequence, so it is a bisection. The newest entry first, because most
    /// requests are for new messages.</summary>
    private async Task<long> SearchAsync(DateTimeOffset time, long head)
    {
        if (head == 0 || await IsLaterAsync(1, time)) return 0;
        if (!await IsLaterAsync(head, time)) return head;
        var (low, high) = (1L, head); // low is not later, high is
        while (high - low > 1)
        {
            var middle = low + (high - low) / 2;
            if (await IsLaterAsync(middle, time)) high = middle;
            else low = middle;
        }
        return low;
    }

    private async Task<bool> IsLaterAsync(long sequence, DateTimeOffset time)
    {
        // No token: several requests may wait for this one search.
        var entries = await _store.ReadAfterAsync(ConversationId.Lobby, sequence - 1, 1, CancellationToken.None);
        return entries.Count == 0 || entries[0].CreatedAt > time;
    }
}
