using Chat.Contracts.Identifiers;

namespace Chat.Server.FanOut;

/// <summary>One writer's cursor in one conversation.</summary>
internal sealed class Subscription(ClientWriter writer, Feed feed) : FeedListener
{
    private const long NoRewind = -1;

    private long _rewindTo = NoRewind;
    private int _queued;

    public Feed Feed => feed;

    public ClientWriter Writer => writer;

    public override UserId User => writer.User;

    /// <summary>The last sequence delivered. Only the writer's drain changes it.</summary>
    public long Cursor { get; set; }

    /// <summary>False until the join is answered, so that the answer comes before the entries, and again once it was
    /// left.</summary>
    public bool Active => Volatile.Read(ref _active);

    private bool _active;

    /// <summary>True once the client asked who is there: then it is shown presence of this conversation.</summary>
    public bool WatchesPresence { get; set; }

    /// <summary>False before the join is answered, and from the moment on that the user's removal is known.</summary>
    internal bool ShowsSignals => Active && Limit == long.MaxValue;

    /// <summary>The next of the writer's subscriptions that have something to look at.</summary>
    internal Subscription? NextDirty { get; set; }

    public override void OnAdvanced()
    {
        if (Active) writer.Wake(this);
    }

    /// <summary>Starts delivery after this sequence; again: moves the cursor there.</summary>
    public void Activate(long? after)
    {
        if (after is { } sequence) Volatile.Write(ref _rewindTo, sequence);
        Volatile.Write(ref _active, true);
        writer.Wake(this);
    }

    public void Deactivate() => Volatile.Write(ref _active, false);

    /// <summary>Where the next stretch begins and how far it may go; false when there is none now.</summary>
    internal bool TryGetStretch(out long to)
    {
        var rewind = Interlocked.Exchange(ref _rewindTo, NoRewind);
        if (rewind != NoRewind) Cursor = rewind;
        to = Math.Min(Shard!.Visible, Limit);
        return Active && Cursor < to;
    }

    internal bool TryMarkDirty() => Interlocked.Exchange(ref _queued, 1) == 0;

    internal void ClearDirty() => Interlocked.Exchange(ref _queued, 0);
}
