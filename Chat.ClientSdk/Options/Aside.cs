namespace Chat.ClientSdk;

/// <summary>Hands values to code of the application: one at a time, in order, on a thread of the pool. That code may be
/// slow and may hang: nobody waits for it, and no more values than the bound wait for it.</summary>
/// <param name="call">Must not throw.</param>
/// <param name="capacity">When so many wait the oldest is dropped.</param>
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
