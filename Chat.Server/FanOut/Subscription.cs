using Chat.Server.Callers;

namespace Chat.Server.FanOut;

/// <summary>One writer's cursor in one conversation.</summary>
/// <remarks>It is <em>active</em> or paused, and <em>busy</em> while the writer's drain shows something of it. Only an
/// active subscription becomes busy, and a pause waits until it is not busy: so entries that were read for a
/// subscription that was left or moved meanwhile are never written.</remarks>
internal sealed class Subscription(ClientWriter writer, Feed feed) : FeedListener
{
    private const long NoRewind = -1, NoNews = -1;

    private const int ActiveBit = 1, BusyBit = 2;

    private TaskCompletionSource? _idle; // made when somebody waits for it
    private long _rewindTo = NoRewind;
    private long _generationAfter = NoNews;
    private int _state;
    private int _pauses;
    private int _queued;

    public Feed Feed => feed;

    public ClientWriter Writer => writer;

    public override UserKey User => writer.User;

    /// <summary>The last sequence delivered. Only the writer's drain changes it, while it is busy.</summary>
    public long Cursor { get; set; }

    /// <summary>Where delivery goes on: the cursor, or where a join or a log that was put back has moved it and the
    /// drain has not looked yet. To be asked while it is paused.</summary>
    public long Place
    {
        get
        {
            var place = Interlocked.Read(ref _rewindTo) is var rewind and not NoRewind ? rewind : Cursor;
            return Interlocked.Read(ref _generationAfter) is var last and not NoNews ? Math.Min(place, last) : place;
        }
    }

    /// <summary>False until the join is answered, so that the answer comes before the entries, and again once it was
    /// left.</summary>
    public bool Active => (Volatile.Read(ref _state) & ActiveBit) != 0;

    /// <summary>How often it was paused. What was read before a pause is not written after it.</summary>
    public int Pauses => Volatile.Read(ref _pauses);

    /// <summary>True once the client requested presence: then it gets presence of this conversation.</summary>
    public bool WatchesPresence { get; set; }

    /// <summary>False before the join is answered, and from the moment on that the user's removal is known.</summary>
    internal bool ShowsSignals => Active && Limit == long.MaxValue;

    /// <summary>The next of the writer's subscriptions that have something to look at.</summary>
    internal Subscription? NextDirty { get; set; }

    public override void OnAdvanced()
    {
        if (Active) writer.Wake(this);
    }

    public override void OnGeneration(long last)
    {
        // What was read of the log as it was is not written any more.
        Interlocked.Increment(ref _pauses);
        // One that is still to be told stays when it lies further back.
        if (Interlocked.Read(ref _generationAfter) is var known && (known == NoNews || last < known))
            Interlocked.Exchange(ref _generationAfter, last);
    }

    /// <summary>Starts delivery after this sequence, or goes on where it stood.</summary>
    public void Activate(long? after)
    {
        if (after is { } sequence) Volatile.Write(ref _rewindTo, sequence);
        Interlocked.Or(ref _state, ActiveBit);
        writer.Wake(this);
    }

    /// <summary>Begins no further write; does not wait for the current one.</summary>
    public void Deactivate()
    {
        Interlocked.Increment(ref _pauses);
        Interlocked.And(ref _state, ~ActiveBit);
    }

    /// <summary>Ends delivery until it is activated again, and waits for the write that is under way. A write is
    /// bounded by <see cref="FanOutOptions.WriteTimeoutSeconds"/>, after which the connection is cut.</summary>
    public Task PauseAsync(CancellationToken ct)
    {
        Deactivate();
        if ((Volatile.Read(ref _state) & BusyBit) == 0) return Task.CompletedTask;
        var made = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var idle = Interlocked.CompareExchange(ref _idle, made, null) ?? made;
        // Looked at after the source is there: an end that came before did not see it.
        if ((Volatile.Read(ref _state) & BusyBit) == 0)
        {
            Interlocked.CompareExchange(ref _idle, null, idle);
            idle.TrySetResult();
        }
        return idle.Task.WaitAsync(ct);
    }

    /// <summary>The drain begins to show something; false when it is not active.</summary>
    internal bool TryEnter() => Interlocked.CompareExchange(ref _state, ActiveBit | BusyBit, ActiveBit) == ActiveBit;

    /// <summary>The drain has shown it.</summary>
    internal void Exit()
    {
        Interlocked.And(ref _state, ~BusyBit);
        if (Volatile.Read(ref _idle) is not null) Interlocked.Exchange(ref _idle, null)?.TrySetResult();
    }

    /// <summary>Moves the cursor to where a join or a log that was put back wants it. While it is busy.</summary>
    /// <returns>True when the client is to be told of another generation.</returns>
    internal bool Settle()
    {
        var rewind = Interlocked.Exchange(ref _rewindTo, NoRewind);
        if (rewind != NoRewind) Cursor = rewind;
        var last = Interlocked.Exchange(ref _generationAfter, NoNews);
        if (last == NoNews) return false;
        Cursor = Math.Min(Cursor, last);
        return true;
    }

    /// <summary>How far the next stretch may go; false when there is none now. While it is busy, and
    /// settled.</summary>
    internal bool TryGetStretch(out long to)
    {
        to = Math.Min(Shard!.Visible, Limit);
        return Cursor < to;
    }

    internal bool TryMarkDirty() => Interlocked.Exchange(ref _queued, 1) == 0;

    internal void ClearDirty() => Interlocked.Exchange(ref _queued, 0);
}
