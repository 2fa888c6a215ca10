using Chat.Server.Callers;

namespace Chat.Server.FanOut;

/// <summary>A listener that is woken when a feed moves on, and then reads the new entries.</summary>
internal abstract class FeedListener
{
    /// <summary>Removals of one user that one listener keeps. With more of them it cannot be authorized again; its view
    /// ends at the first, and the client has to join again.</summary>
    private const int MaxRemovals = 256;

    private long _limit = long.MaxValue;
    private long _authorizedAsOf;
    private List<long>? _removals; // ascending; those that were not accounted for when access was checked

    /// <summary>The shard that wakes it; null while it is not attached.</summary>
    public FeedShard? Shard { get; internal set; }

    /// <summary>Its place in the shard; the shard's own business.</summary>
    internal int ShardIndex { get; set; } = -1;

    /// <summary>The last sequence it may see; lowered when its user is removed from the conversation.</summary>
    public long Limit => Volatile.Read(ref _limit);

    public abstract UserKey User { get; }

    /// <summary>The feed moved on, or the limit was lowered. Called by one thread at a time; must not block.</summary>
    public abstract void OnAdvanced();

    /// <summary>The generation of the log changed. Called under the lock of the feed: it must be quick, and
    /// <see cref="OnAdvanced"/> follows.</summary>
    /// <param name="last">The last entry that the log still has of those it had; <see cref="long.MaxValue"/>:
    /// all.</param>
    public virtual void OnGeneration(long last) { }

    /// <summary>Known removals belong to the former log. Up to this sequence all are accounted for.</summary>
    internal void Restart_NeedsLock(long last)
    {
        _authorizedAsOf = Math.Min(_authorizedAsOf, last);
        _removals?.RemoveAll(removal => removal > last);
        Volatile.Write(ref _limit, _removals is [var first, ..] ? first : long.MaxValue);
    }

    /// <summary>The view ends here, independent of known removals.</summary>
    internal void End_NeedsLock(long last)
    {
        _removals = [last];
        Volatile.Write(ref _limit, last);
    }

    /// <summary>A removal that was accounted for when access was checked is history: the user was added again
    /// since.</summary>
    internal void LowerLimit_NeedsLock(long last)
    {
        if (last <= _authorizedAsOf) return;
        _removals ??= [];
        if (_removals.Count == MaxRemovals || (_removals.Count > 0 && _removals[^1] >= last)) return;
        _removals.Add(last);
        Volatile.Write(ref _limit, _removals[0]);
    }

    /// <summary>The user may read, with every removal up to this sequence accounted for; later ones stay.</summary>
    internal void Authorize_NeedsLock(long asOf)
    {
        if (asOf <= _authorizedAsOf || _removals?.Count == MaxRemovals) return;
        _authorizedAsOf = asOf;
        _removals?.RemoveAll(removal => removal <= asOf);
        Volatile.Write(ref _limit, _removals is [var first, ..] ? first : long.MaxValue);
    }
}
