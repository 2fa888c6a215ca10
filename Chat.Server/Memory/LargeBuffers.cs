using System.Buffers;

namespace Chat.Server.Memory;

/// <summary>Buffers for the few messages that are large. While somebody has one they are used again; afterwards the
/// collector takes them all.</summary>
/// <remarks>The shared pool keeps what a flood has made it hold for many minutes.</remarks>
internal static class LargeBuffers
{
    private const int LargestBytes = 4 * 1024 * 1024, OfEachSize = 32;

    // Weak: one who rents a buffer keeps the pool, to return it there.
    private static readonly WeakReference<ArrayPool<byte>> Pool = new(Create());

    public static ArrayPool<byte> Current
    {
        get
        {
            if (Pool.TryGetTarget(out var pool)) return pool;
            pool = Create(); // two threads may both make one: then the one that is replaced goes first
            Pool.SetTarget(pool);
            return pool;
        }
    }

    private static ArrayPool<byte> Create() => ArrayPool<byte>.Create(LargestBytes, OfEachSize);
}
