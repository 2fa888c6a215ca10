using Chat.Server.Concurrency;

namespace Chat.Server.Memory;

/// <summary>One part of the memory budget, counted in bytes.</summary>
/// <param name="name">Its name in metrics.</param>
/// <param name="limit">The bytes it may hold.</param>
internal sealed class MemoryPart(string name, long limit)
{
    private readonly Lock _gate = new();
    private readonly FairQueue<Waiter> _waiters = new(); // those who gave up are passed over
    private int _waiting; // of them, who have not
    private long _held;
    private long _refused;

    public string Name => name;

    public long Limit => limit;

    public long Held => Interlocked.Read(ref _held);

    /// <summary>How often there was no room.</summary>
    public long Refused => Interlocked.Read(ref _refused);

    /// <summary>True while somebody waits for room.</summary>
    public bool IsWanted
    {
        get
        {
            lock (_gate) return _waiting > 0;
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
        lock (_gate) return _waiting == 0 && TryTake_NeedsLock(bytes);
    }

    /// <summary>Waits for room. Those who wait are given it in turn, and each owner's in its order.</summary>
    /// <param name="bytes">How much.</param>
    /// <param name="owner">For whom.</param>
    /// <param name="ct">Ends the waiting.</param>
    /// <exception cref="OperationCanceledException">There was none in time; nothing is taken.</exception>
    public async ValueTask TakeAsync(long bytes, string owner, CancellationToken ct)
    {
        if (TryTake(bytes)) return;
        var waiter = new Waiter(bytes);
        lock (_gate)
        {
            _waiters.Add(owner, waiter);
            _waiting++;
            Admit_NeedsLock(); // there may be room by now
        }
        try
        {
            await waiter.Taken.Task.WaitAsync(ct);
        }
        catch (OperationCanceledException)
        {
            lock (_gate)
            {
                if (waiter.IsDone) return; // it got room meanwhile
                waiter.IsDone = true;
                _waiting--;
                Admit_NeedsLock(); // the others may have waited for it
            }
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
            Admit_NeedsLock();
        }
    }

    private bool TryTake_NeedsLock(long bytes)
    {
        if (_held > 0 && _held + bytes > limit) return false;
        Interlocked.Add(ref _held, bytes);
        return true;
    }

    private void Admit_NeedsLock()
    {
        while (_waiters.TryPeek(out var next) && (next.IsDone || TryTake_NeedsLock(next.Bytes)))
        {
            _waiters.TryTake(out _);
            if (next.IsDone) continue;
            next.IsDone = true;
            _waiting--;
            next.Taken.SetResult();
        }
    }

    private sealed class Waiter(long bytes)
    {
        public long Bytes => bytes;

        /// <summary>True once it was given room, or gave up.</summary>
        public bool IsDone { get; set; }

        public TaskCompletionSource Taken { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
