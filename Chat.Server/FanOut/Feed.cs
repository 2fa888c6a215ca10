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
    private readonly FeedShards _shards;
    private readonly FeedWindow _window;
    private long _weighed;
    private long _movedAt;
    private long _head;
    private DateTimeOffset? _headAt; // null: not known
    private bool _isDoubtful;
    private long _advancedAt;
    private FeedSignals? _signals;
    private bool _evicted;
    private long _erased;
    private long _idleSince;

    public Feed(ConversationId conversation, in LogHead head, FeedContext context)
    {
        Conversation = conversation;
        (_head, _headAt) = (head.Last, head.LastAt);
        _context = context;
        _window = new FeedWindow(head.Last, context);
        _shards = new FeedShards(this, context.ReadersPerShard, context.SmallFeeds);
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

    public int Listeners => _shards.Count;

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
            _shards.Add(listener);
            return _head;
        }
    }

    public void Detach(FeedListener listener)
    {
        lock (_gate)
            if (_shards.Remove(listener) && Listeners == 0) _idleSince = _context.Time.GetTimestamp();
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
            if (_window.Find(entry.Sequence) is { } held) return held.Id == entry.Id;
            if (entry.Sequence == _head) return _headAt is null || _headAt == entry.CreatedAt;
            var oldest = _window.Oldest?.CreatedAt ?? _headAt;
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
            _window.MoveTo(common.Sequence);
            Arrivals.Restart_NeedsLock();
            _context.Log.Forget(Conversation, long.MaxValue);
            _shards.Restart(common.Sequence, gone);
            Weigh_NeedsLock();
            Announce_NeedsLock();
        }
    }

    /// <summary>Tells the readers that the log has another generation.</summary>
    public void TellGeneration()
    {
        lock (_gate)
        {
            _shards.TellGeneration();
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
            Drop_NeedsLock(upTo);
            _context.Log.Forget(Conversation, upTo);
        }
    }

    /// <summary>Lets go of what is in memory: the log has it all.</summary>
    public void Empty()
    {
        lock (_gate) Drop_NeedsLock(_head);
    }

    /// <summary>The encoded stretch after <paramref name="cursor"/>, up to <paramref name="to"/> or less; null when
    /// memory does not reach back that far.</summary>
    public EncodedBlock? TryTake(long cursor, long to, WireFormat format)
    {
        if (_window.TryLatest(cursor, to, format) is { } latest) return latest;
        lock (_gate)
        {
            // Another shard may have made it meanwhile.
            if (_window.TryLatest(cursor, to, format) is { } made) return made;
            var block = _window.TryMake(cursor, to, format);
            if (block is not null) Weigh_NeedsLock();
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
        lock (_gate) return _window.FindSequence(notAfter);
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
        lock (_gate) _shards.CopyTo(target);
    }

    /// <summary>Shows the signal to the readers soon. Never waits.</summary>
    public void Deliver(Signal signal)
    {
        if (Listeners == 0) return;
        var signals = Volatile.Read(ref _signals)
            ?? Interlocked.CompareExchange(ref _signals, new FeedSignals(this, _context.Memory.Signals), null)
            ?? _signals;
        signals.Add(new EncodedSignal(signal));
    }

    /// <summary>Lets go of what is in memory when nobody has listened for this long.</summary>
    public void EmptyWhenIdle(TimeSpan idle)
    {
        lock (_gate)
            if (Listeners == 0 && _weighed > 0 && _context.Time.GetElapsedTime(_idleSince) >= idle) Empty();
    }

    /// <summary>Closes the feed when nobody has listened for this long.</summary>
    public bool TryEvict(TimeSpan idle)
    {
        lock (_gate)
        {
            if (Listeners > 0 || Arrivals.IsFilling_NeedsLock) return false;
            _evicted = _context.Time.GetElapsedTime(_idleSince) >= idle;
            if (_evicted) Weigh_NeedsLock();
            return _evicted;
        }
    }

    /// <summary>Schedules the shard's next round.</summary>
    internal void Enqueue(FeedShard shard) => _shards.Enqueue(shard);

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
        if (entry is ParticipantRemovedEntry removed) _shards.LowerLimit(removed.ParticipantId, entry.Sequence);
        _context.Observers.Observe(entry);
        if (entry is MessageDeletedEntry deleted) Erase_NeedsLock(deleted.TargetSequence);
        else if (entry is ContentErasedEntry)
        {
            Drop_NeedsLock(_head);
            _context.Log.Forget(Conversation, long.MaxValue);
        }
        _window.Add(entry);
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
        var isKnown = _window.Find(entry.Sequence) is { } held ? held.Id == entry.Id
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
        var weight = _evicted ? 0 : _window.Weight + Arrivals.Weight_NeedsLock;
        _context.Memory.Weigh(weight - _weighed);
        _weighed = weight;
    }

    /// <summary>A shard holds so much more than before.</summary>
    internal void Weigh(long change) => _context.Memory.Weigh(change);

    /// <summary>A message was deleted: neither memory nor a page of the log that is kept has its content any
    /// more.</summary>
    private void Erase_NeedsLock(long message)
    {
        _window.Erase(message);
        _shards.ForgetBlocks();
        _context.Log.Forget(Conversation, long.MaxValue);
    }

    private void Drop_NeedsLock(long upTo)
    {
        _window.DropUpTo(upTo);
        _shards.ForgetBlocks();
        Weigh_NeedsLock();
    }

    internal void Announce_NeedsLock()
    {
        Debug.Assert(_gate.IsHeldByCurrentThread);
        if (Listeners == 0) return; // who attaches begins at the head
        if (_advancedAt == 0) Interlocked.Exchange(ref _advancedAt, Stopwatch.GetTimestamp());
        _shards.Schedule();
    }
}
