using System.Threading.Channels;

namespace Chat.Tests.Fixtures;

/// <summary>What came, in order, with waits that end.</summary>
internal sealed class Inbox<T>
{
    private readonly Channel<T> _items = Channel.CreateUnbounded<T>();

    public void Add(T item) => _items.Writer.TryWrite(item);

    public Task<T> NextAsync() => _items.Reader.ReadAsync().AsTask().WaitAsync(Bounds.Wait);

    public async Task<List<T>> TakeAsync(int count)
    {
        var taken = new List<T>();
        while (taken.Count < count) taken.Add(await NextAsync());
        return taken;
    }

    public bool IsEmpty => _items.Reader.Count == 0;
}

/// <summary>Counts up, and wakes who waits for a number.</summary>
internal sealed class Tally
{
    private readonly Inbox<int> _counts = new();
    private int _count;

    public int Count => Volatile.Read(ref _count);

    public void Add() => _counts.Add(Interlocked.Increment(ref _count));

    public async Task<int> AtLeastAsync(int count)
    {
        int reached;
        while ((reached = await _counts.NextAsync()) < count) { }
        return reached;
    }
}
