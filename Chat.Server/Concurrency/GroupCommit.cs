using System.Threading.Channels;

namespace Chat.Server.Concurrency;

/// <summary>One loop that commits items in groups, without a timer: a batch is what arrived during the last commit. Who
/// adds is served in turn: nobody waits for all that one other has added.</summary>
internal sealed class GroupCommit<T>
{
    private readonly Lock _gate = new();
    private readonly FairQueue<T> _queued = new();
    private readonly FairWaiters<T> _waiters; // for room
    private readonly GroupCommitSize _size;
    private readonly Func<T, string> _ownerOf;
    private readonly Func<List<T>, CancellationToken, Task> _commit;
    private readonly Func<T, bool>? _endsBatch;
    private readonly Func<Task?>? _retry;
    private bool _isComplete;
    private TaskCompletionSource<bool>? _arrival; // while the loop waits

    /// <param name="size">How much.</param>
    /// <param name="ownerOf">Who brought it. What one has brought is committed in the order of adding.</param>
    /// <param name="commit">Commits a batch; the list is reused afterwards. Must not throw: the loop would end.</param>
    /// <param name="endsBatch">True for what is the last of its batch; null when nothing is. Asked once for each, in
    /// order; quick.</param>
    /// <param name="retry">Called after each batch: a task that completes when <paramref name="commit"/> should be
    /// called again with an empty batch although nothing arrives, or null.</param>
    public GroupCommit(
        GroupCommitSize size, Func<T, string> ownerOf, Func<List<T>, CancellationToken, Task> commit,
        Func<T, bool>? endsBatch = null, Func<Task?>? retry = null)
    {
        (_size, _ownerOf, _commit, _endsBatch, _retry) = (size, ownerOf, commit, endsBatch, retry);
        _waiters = new(_gate, TryQueue_NeedsLock);
    }

    /// <summary>False when there is no room, when others wait for it, or when it is completed.</summary>
    public bool TryAdd(T item)
    {
        lock (_gate) return !_isComplete && _waiters.IsEmpty_NeedsLock && TryQueue_NeedsLock(item);
    }

    /// <summary>Waits for room, which those who wait are given in turn.</summary>
    /// <exception cref="ChannelClosedException">It is completed.</exception>
    public async ValueTask AddAsync(T item, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        if (TryAdd(item)) return;
        FairWaiters<T>.Waiter waiter;
        lock (_gate)
        {
            if (_isComplete) throw new ChannelClosedException();
            waiter = _waiters.Add_NeedsLock(_ownerOf(item), item);
        }
        await waiter.EnteredAsync(ct);
    }

    /// <summary>Takes no more; <see cref="RunAsync"/> ends when all is committed.</summary>
    public void Complete()
    {
        lock (_gate)
        {
            if (_isComplete) return;
            _isComplete = true;
            _waiters.FailAll_NeedsLock(new ChannelClosedException());
            _arrival?.TrySetResult(_queued.Count > 0);
            _arrival = null;
        }
    }

    /// <param name="ct">Given to the commits. The loop itself ends by <see cref="Complete"/> only.</param>
    public async Task RunAsync(CancellationToken ct)
    {
        var batch = new List<T>(_size.MaxBatch);
        while (await WaitAsync())
        {
            Fill(batch);
            await _commit(batch, ct);
            batch.Clear();
        }
    }

    private void Fill(List<T> batch)
    {
        lock (_gate)
        {
            while (batch.Count < _size.MaxBatch && _queued.TryTake(out var next))
            {
                batch.Add(next);
                _waiters.Admit_NeedsLock();
                if (_endsBatch?.Invoke(next) == true) break;
            }
        }
    }

    /// <summary>False when it is completed and all is committed.</summary>
    private async ValueTask<bool> WaitAsync()
    {
        var arriving = ArrivalAsync();
        if (_retry?.Invoke() is not { } again) return await arriving;
        await Task.WhenAny(arriving, again);
        if (arriving.IsCompleted && !await arriving) await again; // completed: the rest is still retried
        return true;
    }

    private Task<bool> ArrivalAsync()
    {
        lock (_gate)
        {
            if (_queued.Count > 0 || _isComplete) return Task.FromResult(_queued.Count > 0);
            return (_arrival ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }

    private bool TryQueue_NeedsLock(T item)
    {
        if (_queued.Count >= _size.Capacity) return false;
        _queued.Add(_ownerOf(item), item);
        _arrival?.TrySetResult(true);
        _arrival = null;
        return true;
    }
}
