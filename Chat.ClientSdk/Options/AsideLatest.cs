namespace Chat.ClientSdk;

/// <summary>As <see cref="Aside{T}"/>, but no current value is dropped: when many values wait, the newest of each key
/// is kept. So at most twice as many values wait as there are keys.</summary>
/// <param name="call">Must not throw.</param>
internal sealed class AsideLatest<TKey, T>(Action<T> call) : Aside<(TKey Key, T Value)>(next => call(next.Value))
    where TKey : notnull
{
    private int _limit = DefaultCapacity; // this number may always wait

    public void Add(TKey key, T value) => Add((key, value));

    protected override void MakeRoom_NeedsLock(Queue<(TKey Key, T Value)> waiting)
    {
        if (waiting.Count < _limit) return;
        var newest = waiting.Reverse().DistinctBy(one => one.Key).Reverse().ToList();
        waiting.Clear();
        foreach (var one in newest) waiting.Enqueue(one);
        _limit = Math.Max(DefaultCapacity, 2 * newest.Count);
    }
}
