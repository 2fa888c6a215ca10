namespace Chat.Server.Concurrency;

/// <summary>Those who wait for room, let in in turn (<see cref="FairQueue{T}"/>), each with what is brought.</summary>
/// <param name="gate">Guards the room and those who wait for it.</param>
/// <param name="tryEnter">Takes room under the gate for the next in turn; false: there is none now.</param>
internal sealed class FairWaiters<T>(Lock gate, Func<T, bool> tryEnter)
{
    private readonly FairQueue<Waiter> _waiters = new(); // those who gave up are passed over
    private int _waiting; // of them, who have not

    public bool IsEmpty_NeedsLock => _waiting == 0;

    /// <summary>Joins those who wait; there may be room by now. Await <see cref="Waiter.EnteredAsync"/> outside the
    /// gate.</summary>
    public Waiter Add_NeedsLock(string owner, T item)
    {
        var waiter = new Waiter(this, item);
        _waiters.Add(owner, waiter);
        _waiting++;
        Admit_NeedsLock();
        return waiter;
    }

    /// <summary>Lets in those that there is room for.</summary>
    public void Admit_NeedsLock()
    {
        while (_waiters.TryPeek(out var next) && (next.IsDone || tryEnter(next.Item)))
        {
            _waiters.TryTake(out _);
            if (!next.IsDone) Leave_NeedsLock(next).TrySetResult();
        }
    }

    /// <summary>There will be no room any more.</summary>
    public void FailAll_NeedsLock(Exception failure)
    {
        while (_waiters.TryTake(out var next))
            if (!next.IsDone) Leave_NeedsLock(next).TrySetException(failure);
    }

    private TaskCompletionSource Leave_NeedsLock(Waiter waiter)
    {
        waiter.IsDone = true;
        _waiting--;
        return waiter.Entered;
    }

    /// <summary>False: it was let in meanwhile.</summary>
    private bool TryGiveUp(Waiter waiter)
    {
        lock (gate)
        {
            if (waiter.IsDone) return false;
            Leave_NeedsLock(waiter);
            Admit_NeedsLock(); // the others may have waited for it
            return true;
        }
    }

    internal sealed class Waiter(FairWaiters<T> line, T item)
    {
        public T Item => item;

        /// <summary>True once it was let in, or gave up.</summary>
        public bool IsDone { get; set; }

        public TaskCompletionSource Entered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>Completes when it is let in.</summary>
        /// <exception cref="OperationCanceledException">It gave up before; no room was taken.</exception>
        public async ValueTask EnteredAsync(CancellationToken ct)
        {
            try
            {
                await Entered.Task.WaitAsync(ct);
            }
            catch (OperationCanceledException)
            {
                if (line.TryGiveUp(this)) throw;
                await Entered.Task; // it has its answer
            }
        }
    }
}
