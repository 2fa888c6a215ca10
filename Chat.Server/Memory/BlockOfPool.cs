using System.Buffers;
using System.Runtime.InteropServices;

namespace Chat.Server.Memory;

/// <summary>One block, from which it is rented until it is disposed.</summary>
internal sealed class BlockOfPool(BlockPool pool) : IMemoryOwner<byte>
{
    public Memory<byte> Memory { get; } = MemoryMarshal.CreateFromPinnedArray(
        GC.AllocateUninitializedArray<byte>(BlockPool.BlockBytes, pinned: true), 0, BlockPool.BlockBytes);

    public void Dispose() => pool.Return(this);
}
