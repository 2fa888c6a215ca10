using Chat.Server.Memory;

namespace Chat.Server.FanOut.Signals;

/// <summary>Signals that wait to be shown: one for each key, the newest, bounded in number and bytes, and together with
/// all others in <see cref="MemoryBudget.Signals"/>. Not thread-safe: its owner locks.</summary>
/// <remarks>No queue: what is replaced or has no room is gone. An array, because nearly always there is one.</remarks>
internal sealed class PendingSignals(int capacity, MemoryPart memory)
{
    private const int MostBytes = 1 << 20;

    private PendingSignal[] _items = new PendingSignal[1];
    private int _bytes;
    private int _count;

    public int Count => _count;

    /// <summary>Keeps the signal in place of the one of the same key. When there is no room the oldest goes.</summary>
    /// <returns>False when there is a newer one of its key already, or no room even for this one.</returns>
    public bool Add(PendingSignal added)
    {
        var known = Find(added.Signal.Key);
        if (known >= 0 && !added.Signal.Signal.Supersedes(_items[known].Signal.Signal)) return false;
        if (known >= 0) RemoveAt(known);
        else if (_count == capacity) RemoveAt(0);
        if (_count == _items.Length) Array.Resize(ref _items, Math.Min(_count * 4, capacity));
        _items[_count++] = added;
        Weigh(added.Signal.Signal.Bytes);
        while (_bytes > MostBytes && _count > 1) RemoveAt(0);
        return added.Signal.Signal.Bytes == 0 || MakeRoom();
    }

    /// <summary>Takes the oldest ones away, at most so many.</summary>
    public PendingSignal[] Take(int most)
    {
        var taken = _items[..Math.Min(most, _count)];
        Array.Copy(_items, taken.Length, _items, 0, _count - taken.Length);
        Array.Clear(_items, _count - taken.Length, taken.Length);
        _count -= taken.Length;
        foreach (var signal in taken) Weigh(-signal.Signal.Signal.Bytes);
        return taken;
    }

    /// <summary>All that waits is gone.</summary>
    public void Clear() => Take(_count);

    private bool MakeRoom()
    {
        while (memory.Held > memory.Limit && _count > 0)
        {
            RemoveAt(0);
            memory.CountRefusal();
        }
        return _count > 0;
    }

    private void Weigh(int change)
    {
        if (change == 0) return;
        _bytes += change;
        memory.Add(change);
    }

    private int Find(in SignalKey key)
    {
        for (var i = 0; i < _count; i++)
            if (_items[i].Signal.Key == key) return i;
        return -1;
    }

    private void RemoveAt(int index)
    {
        _count--;
        Weigh(-_items[index].Signal.Signal.Bytes);
        Array.Copy(_items, index + 1, _items, index, _count - index);
        _items[_count] = default;
    }
}
