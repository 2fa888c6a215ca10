namespace Chat.ClientSdk;

/// <summary>Passes values to application code: one at a time, in order, on a pool thread. That code may be slow or
/// hang: nothing waits for it, and at most a bounded number of values wait for it.</summary>
/// <param name="call">Must not throw.</param>
/// <param name="capacity">When this number of values wait, the oldest is dropped.</param>
internal class Aside<T>(Action<T> call, int capacity = Aside<T>.DefaultCapacity)
{
    protected const int DefaultCapacity = 1_024;

    private readonly Queue<T> _waiting = new(); // also the lock
    private bool _running;

    public void Add(T value)
    {
        lock (_waiting)
        {
            MakeRoom_NeedsLock(_waiting);
            _waiting.Enqueue(value);
            if (_running) return;
            _running = true;
        }
        ThreadPool.UnsafeQueueUserWorkItem(static self => self.Run(), this, preferLocal: false);
    }

    /// <summary>Called before another value is added.</summary>
    protected virtual void MakeRoom_NeedsLock(Queue<T> waiting)
    {
        if (waiting.Count == capacity) waiting.Dequeue();
    }

    private void Run()
    {
        while (TryTake(out var value)) call(value);
    }

    private bool TryTake(out T value)
    {
        lock (_waiting)
        {
            _running = _waiting.TryDequeue(out value!);
            return _running;
        }
    }
}
