using Chat.Server.Concurrency;

namespace Chat.Server.Memory;

/// <summary>One part of the memory budget, counted in bytes.</summary>
internal sealed class MemoryPart
{
    private readonly Lock _gate = new();
    private readonly FairWaiters<long> _waiters;
    private long _held;
    private long _refused;

    /// <param name="name">Its name in metrics.</param>
    /// <param name="limit">The bytes it may hold.</param>
    public MemoryPart(string name, long limit)
    {
        (Name, Limit) = (name, limit);
        _waiters = new(_gate, TryTake_NeedsLock);
    }

    public string Name { get; }

    public long Limit { get; }

    public long Held => Interlocked.Read(ref _held);

    /// <summary>How often there was no room.</summary>
    public long Refused => Interlocked.Read(ref _refused);

    /// <summary>True while somebody waits for room.</summary>
    public bool IsWanted
    {
        get
        {
            lock (_gate) return !_waiters.IsEmpty_NeedsLock;
        }
    }

    /// <summary>Counts bytes that are already held, also beyond the limit: the caller then releases some.</summary>
    /// <param name="bytes">Negative: released.</param>
    public void Add(long bytes) => Interlocked.Add(ref _held, bytes);

    /// <summary>Counts what was cut to make room.</summary>
    public void CountRefusal() => Interlocked.Increment(ref _refused);

    /// <summary>Reserves bytes. False when there is no room, or when others wait for it. When nothing is held, any size
    /// is accepted.</summary>
    public bool TryTake(long bytes)
    {
        lock (_gate) return _waiters.IsEmpty_NeedsLock && TryTake_NeedsLock(bytes);
    }

    /// <summary>Waits for room. Those who wait are given it in turn, and each owner's in its order.</summary>
    /// <param name="bytes">How much.</param>
    /// <param name="owner">For whom.</param>
    /// <param name="ct">Ends the waiting.</param>
    /// <exception cref="OperationCanceledException">There was none in time; nothing is taken.</exception>
    public async ValueTask TakeAsync(long bytes, string owner, CancellationToken ct)
    {
        if (TryTake(bytes)) return;
        FairWaiters<long>.Waiter waiter;
        lock (_gate) waiter = _waiters.Add_NeedsLock(owner, bytes);
        try
        {
            await waiter.EnteredAsync(ct);
        }
        catch (OperationCanceledException)
        {
            Interlocked.Increment(ref _refused);
            throw;
        }
    }

    /// <summary>Releases reserved bytes.</summary>
    /// <param name="bytes">Less than zero: more is held than was taken.</param>
    public void Return(long bytes)
    {
        lock (_gate)
        {
            Interlocked.Add(ref _held, -bytes);
            _waiters.Admit_NeedsLock();
        }
    }

    private bool TryTake_NeedsLock(long bytes)
    {
        if (_held > 0 && _held + bytes > Limit) return false;
        Interlocked.Add(ref _held, bytes);
        return true;
    }
}
