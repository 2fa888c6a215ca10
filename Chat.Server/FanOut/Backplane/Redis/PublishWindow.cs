namespace Chat.Server.FanOut.Backplane.Redis;

/// <summary>
/// Bounds what is handed to the client library and not yet answered, in number and in bytes, because its queue has
/// no bound.
/// </summary>
internal sealed class PublishWindow(int capacity, long capacityBytes)
{
    private long _count;
    private long _bytes;

    /// <summary>Takes a place. False when none is free. A message larger than all of it is let through alone.</summary>
    public bool TryTake(int bytes)
    {
        var count = Interlocked.Increment(ref _count);
        var total = Interlocked.Add(ref _bytes, bytes);
        if (count <= capacity && (total <= capacityBytes || total == bytes)) return true;
        Free(bytes);
        return false;
    }

    /// <summary>Gives the place of a message back.</summary>
    public void Free(int bytes)
    {
        Interlocked.Decrement(ref _count);
        Interlocked.Add(ref _bytes, -bytes);
    }
}
