namespace Chat.Server.FanOut.Backplane.Redis;

/// <summary>
/// Bounds the unanswered messages in the client library, in number and bytes, because its queue is unbounded.
/// </summary>
internal sealed class PublishWindow(int capacity, long capacityBytes)
{
    private long _count;
    private long _bytes;

    /// <summary>Takes a place. False when none is free. A message larger than the whole bound is accepted
    /// alone.</summary>
    public bool TryTake(int bytes)
    {
        var count = Interlocked.Increment(ref _count);
        var total = Interlocked.Add(ref _bytes, bytes);
        if (count <= capacity && (total <= capacityBytes || total == bytes)) return true;
        Free(bytes);
        return false;
    }

    /// <summary>Releases the place of a message.</summary>
    public void Free(int bytes)
    {
        Interlocked.Decrement(ref _count);
        Interlocked.Add(ref _bytes, -bytes);
    }
}
