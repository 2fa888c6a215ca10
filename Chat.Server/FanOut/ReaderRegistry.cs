using System.Collections.Concurrent;

namespace Chat.Server.FanOut;

/// <summary>All readers that are connected to this instance.</summary>
internal sealed class ReaderRegistry
{
    private readonly ConcurrentDictionary<Reader, byte> _readers = new();

    public IEnumerable<Reader> All => _readers.Select(pair => pair.Key);

    public void Add(Reader reader) => _readers.TryAdd(reader, 0);

    public void Remove(Reader reader) => _readers.TryRemove(reader, out _);
}
