using System.Buffers;
using System.Collections.Concurrent;

namespace Chat.Server.Memory;

/// <summary>Buffers of the web server: pinned blocks of one size, which are used again.</summary>
/// <remarks>The framework's pool gives back a twentieth of what it does not need each ten seconds. After a flood that
/// takes many minutes.</remarks>
internal sealed class BlockPool : MemoryPool<byte>
{
    public const int BlockBytes = 4_096;

    private readonly ConcurrentQueue<BlockOfPool> _spare = new();
    private int _count;
    private int _least;
    private bool _disposed;

    public override int MaxBufferSize => BlockBytes;

    /// <summary>Blocks that nobody uses now.</summary>
    public int Spare => Math.Max(0, Volatile.Read(ref _count));

    public override IMemoryOwner<byte> Rent(int minBufferSize = -1)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(minBufferSize, BlockBytes);
        if (!_spare.TryDequeue(out var block)) return new BlockOfPool(this);
        var left = Interlocked.Decrement(ref _count);
        if (left < _least) _least = left; // two threads may write it at once: about is enough
        return block;
    }

    /// <summary>Lets go of the blocks that nobody needed since this was last called.</summary>
    public void TrimUnneeded()
    {
        Trim(Math.Min(_least, Spare));
        _least = Spare;
    }

    /// <summary>Lets go of all that nobody uses now.</summary>
    public void Trim() => Trim(int.MaxValue);

    internal void Return(BlockOfPool block)
    {
        if (Volatile.Read(ref _disposed)) return;
        Interlocked.Increment(ref _count);
        _spare.Enqueue(block);
    }

    protected override void Dispose(bool disposing)
    {
        Volatile.Write(ref _disposed, true);
        Trim();
    }

    private void Trim(int most)
    {
        for (; most > 0 && _spare.TryDequeue(out _); most--) Interlocked.Decrement(ref _count);
    }
}
