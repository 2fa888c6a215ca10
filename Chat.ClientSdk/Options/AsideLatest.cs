namespace Chat.ClientSdk;

/// <summary>As <see cref="Aside{T}"/>, but nothing that holds is dropped: when many values wait, the newest of each key
/// remains. So code that hangs is owed no more than twice as many values as there are keys.</summary>
/// <param name="call">Must not throw.</param>
internal sealed class AsideLatest<TKey, T>(Action<T> call) where TKey : notnull
{
    private const int Capacity = 1_024; // so many wait in any case

    private readonly Queue<(TKey Key, T Value)> _waiting = new(); // also the lock
    private int _limit = Capacity;
    private bool _running;

    public void Add(TKey key, T value)
    {
        lock (_waiting)
        {
            if (_waiting.Count >= _limit) Fold_NeedsLock();
            _waiting.Enqueue((key, value));
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
            _running = _waiting.TryDequeue(out var next);
            value = next.Value;
            return _running;
        }
    }

    private void Fold_NeedsLock()
    {
        var newest = _waiting.Reverse().DistinctBy(waiting => waiting.Key).Reverse().ToList();
        _waiting.Clear();
        foreach (var waiting in newest) _waiting.Enqueue(waiting);
        _limit = Math.Max(Capacity, 2 * newest.Count);
    }
}
