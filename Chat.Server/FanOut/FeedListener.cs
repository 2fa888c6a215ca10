using Chat.Contracts.Identifiers;

namespace Chat.Server.FanOut;

/// <summary>Someone who wants to know that a feed moved on. It looks for itself what is new.</summary>
internal abstract class FeedListener
{
    /// <summary>The shard that wakes it; null while it is not attached.</summary>
    public FeedShard? Shard { get; internal set; }

    /// <summary>Its place in the shard; the shard's own business.</summary>
    internal int ShardIndex { get; set; } = -1;

    /// <summary>The last sequence it may see; lowered when its user is removed from the conversation.</summary>
    public long Limit => Volatile.Read(ref _limit);

    private long _limit = long.MaxValue;
    private long _authorizedAsOf;

    public abstract UserId User { get; }

    /// <summary>The feed moved on, or the limit was lowered. Called by one thread at a time; must not block.</summary>
    public abstract void OnAdvanced();

    /// <summary>Under the shard's lock. A removal that was accounted for when access was checked is history: the user
    /// was added again since.</summary>
    internal void LowerLimit(long last)
    {
        if (last > _authorizedAsOf && last < _limit) Volatile.Write(ref _limit, last);
    }

    /// <summary>Under the shard's lock.</summary>
    internal void Authorize(long asOf)
    {
        _authorizedAsOf = asOf;
        if (_limit <= asOf) Volatile.Write(ref _limit, long.MaxValue);
    }
}
