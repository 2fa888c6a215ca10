using System.Collections.Concurrent;
using Chat.Server.Observability;

namespace Chat.Server.FanOut;

/// <summary>All readers that are connected to this instance.</summary>
internal sealed class ReaderRegistry(ChatMetrics metrics)
{
    private readonly ConcurrentDictionary<Reader, byte> _readers = new();

    public IEnumerable<Reader> All => _readers.Select(pair => pair.Key);

    public void Add(Reader reader)
    {
        if (_readers.TryAdd(reader, 0)) metrics.ReaderOpened();
    }

    public void Remove(Reader reader)
    {
        if (_readers.TryRemove(reader, out _)) metrics.ReaderClosed();
    }
}
