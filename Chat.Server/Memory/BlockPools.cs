using System.Buffers;
using System.Collections.Concurrent;
using Microsoft.AspNetCore.Connections;

namespace Chat.Server.Memory;

/// <summary>Makes the pools of the web server, and has them give back what nobody uses.</summary>
internal sealed class BlockPools : IMemoryPoolFactory<byte>
{
    private readonly ConcurrentBag<BlockPool> _pools = []; // a few per listener, as long as the process

    public MemoryPool<byte> Create(MemoryPoolOptions? options = null)
    {
        var pool = new BlockPool();
        _pools.Add(pool);
        return pool;
    }

    /// <summary>Lets go of what nobody needed since this was last called.</summary>
    public void TrimUnneeded()
    {
        foreach (var pool in _pools) pool.TrimUnneeded();
    }

    /// <summary>Lets go of all that nobody uses now.</summary>
    public void Trim()
    {
        foreach (var pool in _pools) pool.Trim();
    }
}
