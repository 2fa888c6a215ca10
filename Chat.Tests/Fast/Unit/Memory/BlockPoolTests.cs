using System.Buffers;
using Chat.Server.Memory;

namespace Chat.Tests.Unit.Memory;

public sealed class BlockPoolTests
{
    private readonly BlockPools _pools = new();

    [Fact]
    public void A_block_that_came_back_is_used_again()
    {
        var pool = Create();
        var first = pool.Rent();
        Assert.Equal(pool.MaxBufferSize, first.Memory.Length);
        first.Dispose();
        Assert.Same(first, pool.Rent(1));
        Assert.NotSame(first, pool.Rent(pool.MaxBufferSize));
        Assert.Equal(0, pool.Spare);
    }

    [Fact]
    public void A_block_larger_than_all_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Create().Rent(BlockPool.BlockBytes + 1));

    [Fact]
    public void Unused_pages_are_dropped_and_the_others_stay()
    {
        var pool = Create();
        Return(Rent(pool, 100));
        _pools.TrimUnneeded(); // they have been used since the pool was made
        Assert.Equal(100, pool.Spare);
        var busy = Rent(pool, 30);
        Return(busy);
        _pools.TrimUnneeded();
        Assert.Equal(30, pool.Spare);
        _pools.TrimUnneeded();
        Assert.Equal(0, pool.Spare);
    }

    [Fact]
    public void All_that_nobody_uses_can_go_at_once_and_what_is_in_use_comes_back()
    {
        var (one, other) = (Create(), Create());
        var used = Rent(one, 5);
        Return(Rent(one, 50));
        Return(Rent(other, 50));
        _pools.Trim();
        Assert.Equal(0, one.Spare + other.Spare);
        Return(used);
        Assert.Equal(5, one.Spare);
    }

    [Fact]
    public void A_pool_that_is_disposed_keeps_nothing()
    {
        var pool = Create();
        var used = pool.Rent();
        pool.Rent().Dispose();
        pool.Dispose();
        used.Dispose();
        Assert.Equal(0, pool.Spare);
    }

    [Fact]
    public async Task Threads_that_rent_at_once_never_share_a_block()
    {
        var pool = Create();
        await Task.WhenAll(Enumerable.Range(1, 8).Select(mark => Task.Run(() =>
        {
            for (var round = 0; round < 5_000; round++)
            {
                var blocks = Rent(pool, 4);
                foreach (var block in blocks) block.Memory.Span.Fill((byte)mark);
                foreach (var block in blocks) Assert.False(block.Memory.Span.ContainsAnyExcept((byte)mark));
                Return(blocks);
                if (round % 100 == 0) pool.TrimUnneeded();
            }
        })));
        pool.Trim();
        Assert.Equal(0, pool.Spare);
    }

    private BlockPool Create() => (BlockPool)_pools.Create();

    private static List<IMemoryOwner<byte>> Rent(BlockPool pool, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => pool.Rent())];

    private static void Return(List<IMemoryOwner<byte>> blocks) => blocks.ForEach(block => block.Dispose());
}
