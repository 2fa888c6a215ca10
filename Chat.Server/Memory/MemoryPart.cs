namespace Chat.Server.Memory;

/// <summary>One kind of what is held for a while, counted in bytes.</summary>
/// <param name="name">As metrics show it.</param>
/// <param name="limit">The bytes it may hold.</param>
internal sealed class MemoryPart(string name, long limit)
{
    private readonly Lock _gate = new();
    private readonly LinkedList<Waiter> _waiters = [];
    private long _held;
    private long _refused;

    public string Name => name;

    public long Limit => limit;

    public long Held => Interlocked.Read(ref _held);

    /// <summary>How often there was no room.</summary>
    public long Refused => Interlocked.Read(ref _refused);

    /// <summary>Counts what is held already, beyond the limit too: whoever does so lets something go.</summary>
    /// <param name="bytes">Less than zero: it is let go.</param>
    public void Add(long bytes) => Interlocked.Add(ref _held, bytes);

    /// <summary>Counts what was cut to make room.</summary>
    public void CountRefusal() => Interlocked.Increment(ref _refused);

    /// <summary>Takes room. False when there is none, or when others wait for it. Whoever is alone has room for
    /// whatever.</summary>
    public bool TryTake(long bytes)
    {
        lock (_gate) return _waiters.Count == 0 && TryTake_NeedsLock(bytes);
    }

    /// <summary>Waits for room, each in turn.</summary>
    /// <exception cref="OperationCanceledException">There was none in time; nothing is taken.</exception>
    public async ValueTask TakeAsync(long bytes, CancellationToken ct)
    {
        LinkedListNode<Waiter> place;
        lock (_gate)
        {
            if (_waiters.Count == 0 && TryTake_NeedsLock(bytes)) return;
            place = _waiters.AddLast(new Waiter(bytes));
        }
        try
        {
            await place.Value.Taken.Task.WaitAsync(ct);
        }
        catch (OperationCanceledException)
        {
            lock (_gate)
            {
                if (place.List is null) return; // it was given room meanwhile
                _waiters.Remove(place);
                Admit_NeedsLock(); // it may have been what the others waited for
            }
            Interlocked.Increment(ref _refused);
            throw;
        }
    }

    /// <summary>Gives back what was taken.</summary>
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
        while (_waiters.First is { } first && TryTake_NeedsLock(first.Value.Bytes))
        {
            _waiters.RemoveFirst();
            first.Value.Taken.SetResult();
        }
    }

    private sealed class Waiter(long bytes)
    {
        public long Bytes => bytes;

        public TaskCompletionSource Taken { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
