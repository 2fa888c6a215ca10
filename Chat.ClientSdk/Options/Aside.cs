namespace Chat.ClientSdk;

/// <summary>Hands values to code of the application: one at a time, in order, on a thread of the pool. That code may be
/// slow and may hang: nobody waits for it, and no more values than the bound wait for it.</summary>
/// <param name="call">Must not throw.</param>
/// <param name="capacity">When so many wait the oldest is dropped.</param>
internal sealed class Aside<T>(Action<T> call, int capacity = 1_024)
{
    private readonly Queue<T> _waiting = new(); // also the lock
    private bool _running;

    public void Add(T value)
    {
        lock (_waiting)
        {
            if (_waiting.Count == capacity) _waiting.Dequeue();
            _waiting.Enqueue(value);
            if (_running) return;
            _running = true;
        }
        ThreadPool.UnsafeQueueUserWorkItem(static self => self.Run(), this, preferLocal: false);
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
