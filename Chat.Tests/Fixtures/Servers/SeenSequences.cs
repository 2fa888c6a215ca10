using System.Collections.Concurrent;

namespace Chat.Tests.Fixtures.Servers;

/// <summary>The sequences that one reader was shown, over all its connections, as they came.</summary>
internal sealed class SeenSequences
{
    private readonly ConcurrentQueue<long> _all = new();
    private readonly SemaphoreSlim _moved = new(0);
    private long _last;

    public IReadOnlyCollection<long> All => _all;

    /// <summary>Where to resume.</summary>
    public long Last => Volatile.Read(ref _last);

    public void Add(long sequence)
    {
        _all.Enqueue(sequence);
        Volatile.Write(ref _last, sequence);
        _moved.Release();
    }

    /// <summary>Waits, within a bound, for a sequence. One wait at a time.</summary>
    public async Task UntilAsync(long sequence)
    {
        using var bound = new CancellationTokenSource(Bounds.Wait);
        while (Last < sequence) await _moved.WaitAsync(bound.Token);
    }
}
