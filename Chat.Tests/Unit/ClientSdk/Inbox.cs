using System.Threading.Channels;

namespace Chat.Tests.Unit.ClientSdk;

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

internal static class Bounds
{
    public static readonly TimeSpan Wait = TimeSpan.FromSeconds(20);
}
