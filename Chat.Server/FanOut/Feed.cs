using System.Diagnostics;
using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Server.FanOut.Signals;
using Chat.Server.Persistence;

namespace Chat.Server.FanOut;

/// <summary>This instance's end of one conversation's log: the newest entries in memory, and its readers.</summary>
/// <remarks>Its <see cref="Arrivals"/> puts incoming entries in order and removes repeats; this class has what readers
/// may see.</remarks>
internal sealed class Feed
{
    private readonly Lock _gate = new();
    private readonly FeedContext _context;
    private readonly List<FeedShard> _shards = [];
    private readonly EncodedBlock?[] _latestBlocks;
    private readonly EntryRing _ring;
    private long _blocksWeight;
    private long _weighed;
    private long _movedAt;
    private long _head;
    private DateTimeOffset? _headAt; // null: not known
    private bool _isDoubtful;
    private long _advancedAt;
    private FeedPump? _pump;
    private FeedSignals? _signals;
    private bool _evicted;
    private long _erased;
    private int _listeners;
    private long _idleSince;

    public Feed(ConversationId conversation, in LogHead head, FeedContext context)
    {
        Conversation = conversation;
        (_head, _headAt) = (head.Last, head.LastAt);
        _context = context;
        _ring = new EntryRing(head.Last, context.Options.FeedCapacity, context.Options.FeedBytes);
        _latestBlocks = new EncodedBlock?[context.FormatSlots];
        _idleSince = _movedAt = context.Time.GetTimestamp();
        Arrivals = new Arrivals(this, _gate, context);
    }

    public ConversationId Conversation { get; }

    /// <summary>Where entries of the conversation are handed in.</summary>
    public Arrivals Arrivals { get; }

    /// <summary>The newest sequence that readers may see.</summary>
    public long Head => Volatile.Read(ref _head);

    /// <summary>When it took an entry last, as a timestamp of the clock.</summary>
    public long MovedAt => Volatile.Read(ref _movedAt);

    public int Listeners => Volatile.Read(ref _listeners);

    /// <summary>The end of the log as this feed knows it.</summary>
    public FeedEnd End
    {
        get
        {
            lock (_gate) return new FeedEnd(_head, _headAt, _isDoubtful);
        }
    }

    /// <summary>Attaches a listener; null when the feed was evicted meanwhile and another one must be
    /// obtained.</summary>
    /// <returns>The head at this moment: everything after it will wake the listener.</returns>
    public long? TryAttach(FeedListener listener)
    {
        lock (_gate)
        {
            if (_evicted) return null;
            var placed = false;
            foreach (var shard in _shards)
                if (placed = shard.TryAdd(listener)) break;
            if (!placed)
            {
                var shard = new FeedShard(this, _context.ReadersPerShard);
                shard.TryAdd(listener);
                _shards.Add(shard);
                if (_shards.Count > 1) _pump ??= new FeedPump();
            }
            _listeners++;
            return _head;
        }
    }

    public void Detach(FeedListener listener)
    {
        lock (_gate)
        {
            if (listener.Shard is not { } shard || listener.ShardIndex < 0) return;
            shard.Remove(listener);
            if (shard.Count == 0 && _shards.Count > 1) _shards.Remove(shard);
            if (--_listeners == 0) _idleSince = _context.Time.GetTimestamp();
        }
    }

    /// <summary>Wakes the readers: entries have arrived.</summary>
    public void Announce()
    {
        lock (_gate) Announce_NeedsLock();
    }

    /// <summary>Compares the feed with the database's state of the log.</summary>
    public void Observe(in LogHead head)
    {
        Forget(head.Erased);
        Arrivals.Observe(head.Last);
    }

    /// <summary>True when something came that does not belong to the log as this feed knows it.</summary>
    internal bool IsDoubtful_NeedsLock => _isDoubtful;

    /// <summary>Whether the entry is in the log as this feed knows it: by its id where memory has it, else by its time,
    /// which rises with the sequence.</summary>
    public bool Knows(ConversationEntry entry)
    {
        lock (_gate)
        {
            if (entry.Sequence > _head) return false;
            if (entry.Sequence >= _ring.First) return _ring[entry.Sequence].Entry.Id == entry.Id;
            if (entry.Sequence == _head) return _headAt is null || _headAt == entry.CreatedAt;
            var oldest = _ring.First <= _ring.Head ? _ring[_ring.First].Entry.CreatedAt : _headAt;
            return oldest is null || entry.CreatedAt < oldest;
        }
    }

    /// <summary>The log is what it seemed to be. The time that the doubt came from is not compared again.</summary>
    public void Trust()
    {
        lock (_gate) (_headAt, _isDoubtful) = (null, false);
    }

    /// <summary>The log was put back to an earlier state: continues after the last entry that it still has. Readers
    /// beyond it are moved back and notified.</summary>
    /// <param name="common">That entry's sequence and time.</param>
    /// <param name="gone">Users who may no longer read: their view ends there.</param>
    public void Restart(in FeedEnd common, IReadOnlySet<UserId> gone)
    {
        lock (_gate)
        {
            Volatile.Write(ref _head, common.Sequence);
            (_headAt, _isDoubtful) = (common.At, false);
            Volatile.Write(ref _erased, 0);
            _ring.MoveTo(common.Sequence);
            Arrivals.Restart_NeedsLock();
            ForgetBlocks_NeedsLock();
            _context.Log.Forget(Conversation, long.MaxValue);
            foreach (var shard in _shards) shard.Restart(common.Sequence, gone);
            Weigh_NeedsLock();
            Announce_NeedsLock();
        }
    }

    /// <summary>Tells the readers that the log has another generation.</summary>
    public void TellGeneration()
    {
        lock (_gate)
        {
            foreach (var shard in _shards) shard.TellGeneration();
            Announce_NeedsLock();
        }
    }

    /// <summary>Learns that the content of entries up to this sequence was erased: memory no longer has them.</summary>
    public void Forget(long upTo)
    {
        if (upTo <= Volatile.Read(ref _erased)) return;
        lock (_gate)
        {
            Volatile.Write(ref _erased, upTo);
            _ring.DropUpTo(upTo);
            ForgetBlocks_NeedsLock();
            _context.Log.Forget(Conversation, upTo);
            Weigh_NeedsLock();
        }
    }

    /// <summary>Lets go of what is in memory: the log has it all.</summary>
    public void Empty()
    {
        lock (_gate)
        {
            _ring.DropUpTo(_ring.Head);
            ForgetBlocks_NeedsLock();
            Weigh_NeedsLock();
        }
    }

    /// <summary>The encoded stretch after <paramref name="cursor"/>, up to <paramref name="to"/> or less; null when
    /// memory does not reach back that far.</summary>
    public EncodedBlock? TryTake(long cursor, long to, WireFormat format)
    {
        var latest = Volatile.Read(ref _latestBlocks[format.Index]);
        if (latest is not null && latest.From == cursor + 1 && latest.To == to) return latest;
        lock (_gate)
        {
            latest = _latestBlocks[format.Index]; // another shard may have made it meanwhile
            if (latest is not null && latest.From == cursor + 1 && latest.To == to) return latest;
            // Ahead of the log: it was put back meanwhile, and the reader will be notified.
            if (cursor + 1 < _ring.First || cursor >= _ring.Head) return null;
            var block = BlockBuilder.FromRing(_ring, cursor + 1, Math.Min(to, _ring.Head), format,
                _context.Options.BlockBytes);
            _blocksWeight += block.Weight - (latest?.Weight ?? 0);
            Volatile.Write(ref _latestBlocks[format.Index], block);
            _ring.Trim(_blocksWeight);
            Weigh_NeedsLock();
            return block;
        }
    }

    /// <summary>The stretch after <paramref name="cursor"/> from the log on disk, for a reader that memory does not
    /// reach.</summary>
    public Task<EncodedBlock> ReadFromLogAsync(long cursor, long to, WireFormat format, CancellationToken ct) =>
        _context.Log.ReadBlockAsync(Conversation, cursor, to, format, ct);

    /// <summary>The sequence of the newest entry in memory that is not later than this time; null when memory does not
    /// reach back that far.</summary>
    public long? FindSequence(DateTimeOffset notAfter)
    {
        lock (_gate)
        {
            if (_ring.First > _ring.Head || _ring[_ring.First].Entry.CreatedAt > notAfter) return null;
            var (low, high) = (_ring.First, _ring.Head);
            while (low < high)
            {
                var middle = low + (high - low + 1) / 2;
                if (_ring[middle].Entry.CreatedAt <= notAfter) low = middle;
                else high = middle - 1;
            }
            return low;
        }
    }

    /// <summary>The readers of the conversation on this instance.</summary>
    public List<ClientWriter> Writers
    {
        get
        {
            var listeners = new List<FeedListener>();
            CopyTo(listeners);
            return [.. listeners.OfType<Subscription>().Select(subscription => subscription.Writer)];
        }
    }

    /// <summary>The users whose connections read the conversation on this instance.</summary>
    public HashSet<UserId> Readers => [.. Writers.Select(writer => writer.User.Id)];

    public void CopyTo(List<FeedListener> target)
    {
        lock (_gate)
            foreach (var shard in _shards) shard.CopyTo(target);
    }

    /// <summary>Shows the signal to the readers soon. Never waits.</summary>
    public void Deliver(Signal signal)
    {
        if (Listeners == 0) return;
        var signals = Volatile.Read(ref _signals)
            ?? Interlocked.CompareExchange(ref _signals, new FeedSignals(this), null) ?? _signals;
        signals.Add(new EncodedSignal(signal));
    }

    /// <summary>Lets go of what is in memory when nobody has listened for this long.</summary>
    public void EmptyWhenIdle(TimeSpan idle)
    {
        lock (_gate)
            if (_listeners == 0 && _weighed > 0 && _context.Time.GetElapsedTime(_idleSince) >= idle) Empty();
    }

    /// <summary>Closes the feed when nobody has listened for this long.</summary>
    public bool TryEvict(TimeSpan idle)
    {
        lock (_gate)
        {
            if (_listeners > 0 || Arrivals.IsFilling_NeedsLock) return false;
            _evicted = _context.Time.GetElapsedTime(_idleSince) >= idle;
            if (_evicted) Weigh_NeedsLock();
            return _evicted;
        }
    }

    /// <summary>Schedules the shard's next round.</summary>
    internal void Enqueue(FeedShard shard)
    {
        if (_pump is { } pump) pump.Enqueue(shard);
        else ThreadPool.UnsafeQueueUserWorkItem(shard, preferLocal: false);
    }

    /// <summary>A shard begins a round: measures how long the newest entry waited for it.</summary>
    internal void NoteRound()
    {
        var since = Interlocked.Exchange(ref _advancedAt, 0);
        if (since != 0) _context.Metrics.DeliveryLag(Stopwatch.GetElapsedTime(since));
    }

    /// <summary>Takes the entry after the head. Readers see it from the next round on.</summary>
    internal void Append_NeedsLock(ConversationEntry entry)
    {
        Debug.Assert(_gate.IsHeldByCurrentThread);
        // The limit goes down before the entries behind it become visible.
        if (entry is ParticipantRemovedEntry removed)
            foreach (var shard in _shards) shard.LowerLimit(removed.ParticipantId, entry.Sequence);
        _context.Observers.Observe(entry);
        _ring.Add(entry);
        _headAt = entry.CreatedAt;
        Volatile.Write(ref _head, entry.Sequence);
        Volatile.Write(ref _movedAt, _context.Time.GetTimestamp());
        if (_context.Typing.EndBy(entry) is { } typist)
            Deliver(new TypingSignal(Conversation, typist, IsTyping: false));
    }

    /// <summary>Looks at an entry that should be a repeat. Another one at its place means that the log was put back:
    /// then the database is asked soon.</summary>
    /// <returns>False when it is no repeat.</returns>
    internal bool Compare_NeedsLock(ConversationEntry entry)
    {
        Debug.Assert(_gate.IsHeldByCurrentThread);
        var isKnown = entry.Sequence >= _ring.First ? _ring[entry.Sequence].Entry.Id == entry.Id
            : entry.Sequence < _head || _headAt is null || entry.CreatedAt == _headAt;
        if (isKnown || _isDoubtful) return isKnown;
        _isDoubtful = true;
        _context.Doubt();
        return false;
    }

    /// <summary>Counts what it holds now, after that changed.</summary>
    internal void Weigh_NeedsLock()
    {
        Debug.Assert(_gate.IsHeldByCurrentThread);
        var weight = _evicted ? 0 : _ring.Weight + _blocksWeight + Arrivals.Weight_NeedsLock;
        _context.Memory.Weigh(weight - _weighed);
        _weighed = weight;
    }

    private void ForgetBlocks_NeedsLock()
    {
        Array.Clear(_latestBlocks);
        _blocksWeight = 0;
        foreach (var shard in _shards) shard.ForgetBlocks();
    }

    internal void Announce_NeedsLock()
    {
        Debug.Assert(_gate.IsHeldByCurrentThread);
        if (_advancedAt == 0) Interlocked.Exchange(ref _advancedAt, Stopwatch.GetTimestamp());
        foreach (var shard in _shards) shard.Schedule();
    }
}
