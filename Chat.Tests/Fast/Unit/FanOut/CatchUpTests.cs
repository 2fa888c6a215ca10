using Chat.Server.FanOut;
using Chat.Server.Memory;
using Chat.Server.Persistence;
using Chat.Server.Transports.SignalR;
using Chat.Tests.Fixtures;
using Microsoft.Extensions.Options;

namespace Chat.Tests.Unit.FanOut;

/// <summary>What readers who are behind are given, and what is kept for them.</summary>
public sealed class CatchUpTests
{
    private const int Fat = 64 * 1024;

    private readonly LogDouble _log = new();
    private MemoryPart _memory = null!;

    [Fact]
    public async Task A_block_is_bounded_in_bytes_and_what_is_left_follows()
    {
        Store(40, Fat / 4);
        var reader = Reader(new());
        var next = 1L;
        while (next <= _log.Head)
        {
            var block = await TakeAsync(reader, next - 1);
            Assert.Equal(next, block.From);
            Assert.InRange(block.Bytes.Length, 1, 64 * 1024);
            next = block.To + 1;
        }
        Assert.True(_log.ReadCount < 10, $"the log was read {_log.ReadCount} times");
    }

    [Fact]
    public async Task An_entry_that_is_larger_than_a_block_is_a_block()
    {
        Store(3, Fat);
        var block = await TakeAsync(Reader(new()), 1);
        Assert.Equal((2, 2), (block.From, block.To));
    }

    [Fact]
    public async Task Readers_at_the_same_place_share_one_read_and_one_block()
    {
        Store(30, Fat);
        var reader = Reader(new());
        _log.Hold();
        var all = Enumerable.Range(0, 24).Select(_ => TakeAsync(reader, 0)).ToArray();
        _log.GoOn();
        var blocks = await Task.WhenAll(all).WaitAsync(Bounds.Wait);
        Assert.All(blocks, block => Assert.Same(blocks[0], block));
        Assert.Equal(1, _log.ReadCount);
    }

    [Fact]
    public async Task A_reader_that_may_see_less_is_given_less()
    {
        Store(30, 10);
        var reader = Reader(new());
        Assert.Equal(30, (await TakeAsync(reader, 0)).To);
        var block = await reader.ReadBlockAsync(_log.Conversation, 0, 7, HubFormat.Instance, CancellationToken.None);
        Assert.Equal(7, block.To);
        Assert.Equal(1, _log.ReadCount);
    }

    [Fact]
    public async Task Kept_pages_are_bounded_for_any_number_of_places()
    {
        Store(120, Fat);
        var small = new MemoryOptions { CatchUpBytes = 1024 * 1024 };
        var reader = Reader(new(), small);
        for (var cursor = 0; cursor < _log.Head; cursor++)
        {
            await TakeAsync(reader, cursor);
            Assert.InRange(_memory.Held, 0, small.CatchUpBytes);
        }
    }

    [Fact]
    public async Task Unused_items_are_dropped()
    {
        Store(3, Fat);
        var reader = Reader(new());
        await TakeAsync(reader, 0);
        reader.DropUnused();
        Assert.True(_memory.Held > 3 * Fat);
        reader.DropUnused();
        Assert.Equal(0, _memory.Held);
        await TakeAsync(reader, 0);
        Assert.Equal(2, _log.ReadCount);
    }

    [Fact]
    public async Task Erased_content_is_read_again()
    {
        Store(10, 10);
        var reader = Reader(new());
        await TakeAsync(reader, 0);
        reader.Forget(_log.Conversation, 4);
        Assert.Equal(0, _memory.Held);
        await TakeAsync(reader, 0);
        Assert.Equal(2, _log.ReadCount);
    }

    [Fact]
    public async Task A_read_that_failed_is_tried_again_by_the_next()
    {
        Store(10, 10);
        var reader = Reader(new());
        _log.FailReads(1);
        await Assert.ThrowsAsync<StoreException>(() => TakeAsync(reader, 0));
        Assert.Equal(10, (await TakeAsync(reader, 0)).To);
    }

    private void Store(int count, int bytes)
    {
        for (var i = 0; i < count; i++) _log.Commit(Drafts.Message(_log.Conversation, new string('x', bytes)));
    }

    private LogReader Reader(FanOutOptions options, MemoryOptions? memory = null)
    {
        var budget = FeedRun.Budget(memory);
        _memory = budget.CatchUp;
        return new(_log, Options.Create(options), budget, FeedRun.Metrics);
    }

    private Task<EncodedBlock> TakeAsync(LogReader reader, long cursor) =>
        reader.ReadBlockAsync(_log.Conversation, cursor, _log.Head, HubFormat.Instance, CancellationToken.None);
}
