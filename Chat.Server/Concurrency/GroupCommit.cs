using System.Threading.Channels;

namespace Chat.Server.Concurrency;

/// <summary>One loop that commits items in groups, without a timer: a batch is what arrived during the last commit. Who
/// adds is served in turn: nobody waits for all that one other has added.</summary>
/// <param name="size">How much.</param>
/// <param name="ownerOf">Who brought it. What one has brought is committed in the order of adding.</param>
/// <param name="commit">Commits a batch; the list is reused afterwards. Must not throw: the loop would end.</param>
/// <param name="endsBatch">True for what is the last of its batch; null when nothing is. Asked once for each, in order;
/// quick.</param>
/// <param name="retry">Called after each batch: a task that completes when <paramref name="commit"/> should be called
/// again with an empty batch although nothing arrives, or null.</param>
internal sealed class GroupCommit<T>(
    GroupCommitSize size, Func<T, string> ownerOf, Func<List<T>, CancellationToken, Task> commit,
    Func<T, bool>? endsBatch = null, Func<Task?>? retry = null)
{
    private readonly Lock _gate = new();
    private readonly FairQueue<T> _queued = new();
    private readonly FairQueue<Waiter> _waiters = new(); // for room; those who gave up are passed over
    private int _waiting; // of them, who have not
    private bool _isComplete;
    private TaskCompletionSource<bool>? _arrival; // while the loop waits

    /// <summary>False when there is no room, when others wait for it, or when it is completed.</summary>
    public bool TryAdd(T item)
    {
        lock (_gate)
        {
            if (_isComplete || _waiting > 0 || _queued.Count >= size.Capacity) return false;
            Queue_NeedsLock(item);
        }
        return true;
    }

    /// <summary>Waits for room, which those who wait are given in turn.</summary>
    /// <exception cref="ChannelClosedException">It is completed.</exception>
    public async ValueTask AddAsync(T item, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        if (TryAdd(item)) return;
        var waiter = new Waiter(item);
        lock (_gate)
        {
            if (_isComplete) throw new ChannelClosedException();
            _waiters.Add(ownerOf(item), waiter);
            _waiting++;
            Admit_NeedsLock(); // there may be room by now
        }
        try
        {
            await waiter.Entered.Task.WaitAsync(ct);
        }
        catch (OperationCanceledException)
        {
            lock (_gate)
            {
                if (waiter.IsDone) return; // it was let in meanwhile
                waiter.IsDone = true;
                _waiting--;
            }
            throw;
        }
    }

    /// <summary>Takes no more; <see cref="RunAsync"/> ends when all is committed.</summary>
    public void Complete()
    {
        lock (_gate)
        {
            if (_isComplete) return;
            _isComplete = true;
            while (_waiters.TryTake(out var waiter))
                if (!waiter.IsDone) waiter.Entered.TrySetException(new ChannelClosedException());
            _waiting = 0;
            _arrival?.TrySetResult(_queued.Count > 0);
            _arrival = null;
        }
    }

    /// <param name="ct">Given to the commits. The loop itself ends by <see cref="Complete"/> only.</param>
    public async Task RunAsync(CancellationToken ct)
    {
        var batch = new List<T>(size.MaxBatch);
        while (await WaitAsync())
        {
            Fill(batch);
            await commit(batch, ct);
            batch.Clear();
        }
    }

    private void Fill(List<T> batch)
    {
        lock (_gate)
        {
            while (batch.Count < size.MaxBatch && _queued.TryTake(out var next))
            {
                batch.Add(next);
                Admit_NeedsLock();
                if (endsBatch?.Invoke(next) == true) break;
            }
        }
    }

    /// <summary>False when it is completed and all is committed.</summary>
    private async ValueTask<bool> WaitAsync()
    {
        var arriving = ArrivalAsync();
        if (retry?.Invoke() is not { } again) return await arriving;
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

    private void Queue_NeedsLock(T item)
    {
        _queued.Add(ownerOf(item), item);
        _arrival?.TrySetResult(true);
        _arrival = null;
    }

    private void Admit_NeedsLock()
    {
        while (_queued.Count < size.Capacity && _waiters.TryTake(out var waiter))
        {
            if (waiter.IsDone) continue;
            waiter.IsDone = true;
            _waiting--;
            Queue_NeedsLock(waiter.Item);
            waiter.Entered.TrySetResult();
        }
    }

    private sealed class Waiter(T item)
    {
        public T Item => item;

        /// <summary>True once it was let in, or gave up.</summary>
        public bool IsDone { get; set; }

        public TaskCompletionSource Entered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
