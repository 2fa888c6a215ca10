using System.Buffers;
using System.Diagnostics;
using Chat.Contracts.Identifiers;
using Chat.Server.Concurrency;

namespace Chat.Server.FanOut;

/// <summary>A part of a feed's listeners, woken by one thread at a time. Large feeds have many, so that all cores can
/// write (<see cref="FeedPump"/>).</summary>
/// <remarks>Each round fixes how far its listeners may look (<see cref="Visible"/>). So most of them need the same
/// stretch of the log, which is then encoded into one block and shared; what arrives during a round is the next
/// round's.</remarks>
internal sealed class FeedShard(Feed feed, int capacity)
{
    private readonly Lock _gate = new();
    private FeedListener[] _listeners = [];
    private int _count;
    private EncodedBlock?[] _latestBlocks = [];
    private int _forgotten;
    private RunAgain _rounds;
    private long _visible;

    public Feed Feed => feed;

    /// <summary>The last sequence that listeners of this shard may take now.</summary>
    public long Visible => Volatile.Read(ref _visible);

    public int Count => Volatile.Read(ref _count);

    /// <summary>Adds the listener; false when the shard is full. What it may see at once is what the feed has at this
    /// moment.</summary>
    public bool TryAdd(FeedListener listener)
    {
        lock (_gate)
        {
            if (_count == capacity) return false;
            if (_count == 0) Volatile.Write(ref _visible, feed.Head);
            if (_count == _listeners.Length) Array.Resize(ref _listeners, Math.Clamp(_count * 2, 1, capacity));
            listener.ShardIndex = _count;
            listener.Shard = this;
            _listeners[_count++] = listener;
            return true;
        }
    }

    public void Remove(FeedListener listener)
    {
        lock (_gate)
        {
            if (listener.ShardIndex < 0) return;
            var last = _listeners[--_count];
            _listeners[listener.ShardIndex] = last;
            last.ShardIndex = listener.ShardIndex;
            _listeners[_count] = null!;
            listener.ShardIndex = -1;
            if (_count == 0) ForgetBlocks_NeedsLock();
        }
    }

    /// <summary>Ends the view of every listener of this user after the given sequence.</summary>
    public void LowerLimit(UserId user, long last)
    {
        lock (_gate)
            foreach (var listener in _listeners.AsSpan(0, _count))
                if (listener.User.Id == user) listener.LowerLimit_NeedsLock(last);
    }

    /// <summary>The listener's user may read, with every removal up to this sequence accounted for: those no longer end
    /// its view.</summary>
    public void Authorize(FeedListener listener, long asOf)
    {
        lock (_gate) listener.Authorize_NeedsLock(asOf);
    }

    public void CopyTo(List<FeedListener> target)
    {
        lock (_gate) target.AddRange(_listeners.AsSpan(0, _count));
    }

    /// <summary>Wakes every listener soon; calls before the round begins are coalesced.</summary>
    public void Schedule()
    {
        if (_rounds.TryStart()) feed.Enqueue(this);
    }

    /// <summary>The encoded stretch after <paramref name="cursor"/>, up to <paramref name="to"/> or less; null when
    /// memory does not reach back that far.</summary>
    public EncodedBlock? TryTake(long cursor, long to, WireFormat format)
    {
        var latest = Volatile.Read(ref _latestBlocks);
        if (format.Index < latest.Length && latest[format.Index] is { } known && known.From == cursor + 1
            && known.To == to) return known;
        var forgotten = Volatile.Read(ref _forgotten);
        var block = feed.TryTake(cursor, to, format);
        if (block is not null) Keep(block, format, forgotten);
        return block;
    }

    /// <summary>Blocks that were made are made again.</summary>
    internal void ForgetBlocks()
    {
        lock (_gate) ForgetBlocks_NeedsLock();
    }

    private void Keep(EncodedBlock block, WireFormat format, int forgotten)
    {
        lock (_gate)
        {
            // Somebody had all forgotten, or nobody reads any more.
            if (_forgotten != forgotten || _count == 0) return;
            if (format.Index >= _latestBlocks.Length)
            {
                var larger = new EncodedBlock?[format.Index + 1];
                _latestBlocks.CopyTo(larger, 0);
                Volatile.Write(ref _latestBlocks, larger);
            }
            ref var latest = ref _latestBlocks[format.Index];
            feed.Weigh(block.Weight - (latest?.Weight ?? 0));
            latest = block;
        }
    }

    private void ForgetBlocks_NeedsLock()
    {
        Debug.Assert(_gate.IsHeldByCurrentThread);
        _forgotten++;
        feed.Weigh(-_latestBlocks.Sum(static block => block?.Weight ?? 0));
        Volatile.Write(ref _latestBlocks, []);
    }

    /// <summary>The log goes on after this sequence, which may be behind what was visible. The view of the users who
    /// are gone ends there.</summary>
    internal void Restart(long last, IReadOnlySet<UserId> gone)
    {
        lock (_gate)
        {
            Volatile.Write(ref _visible, last);
            foreach (var listener in _listeners.AsSpan(0, _count))
            {
                listener.Restart_NeedsLock(last);
                if (gone.Contains(listener.User.Id)) listener.End_NeedsLock(last);
                listener.OnGeneration(last);
            }
        }
    }

    internal void TellGeneration()
    {
        lock (_gate)
            foreach (var listener in _listeners.AsSpan(0, _count)) listener.OnGeneration(long.MaxValue);
    }

    /// <summary>One round.</summary>
    public void Run()
    {
        _rounds.Begin();
        WakeAll();
        if (!_rounds.TryEnd()) feed.Enqueue(this);
    }

    private void WakeAll()
    {
        FeedListener[] round;
        int count;
        lock (_gate)
        {
            Volatile.Write(ref _visible, feed.Head);
            count = _count;
            round = ArrayPool<FeedListener>.Shared.Rent(count);
            _listeners.AsSpan(0, count).CopyTo(round);
        }
        feed.NoteRound();
        foreach (var listener in round.AsSpan(0, count)) listener.OnAdvanced();
        ArrayPool<FeedListener>.Shared.Return(round, clearArray: true);
    }
}
