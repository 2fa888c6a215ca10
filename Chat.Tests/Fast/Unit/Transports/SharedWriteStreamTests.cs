using Chat.Server.Transports.Framing;
using Chat.Tests.Fixtures;

namespace Chat.Tests.Unit.Transports;

/// <summary>Two writers, one socket: RFC 6455 says what may stand between what.</summary>
public sealed class SharedWriteStreamTests
{
    private static readonly byte[] Block = [0x81, 1, (byte)'b'];
    private static readonly byte[] FirstFragment = [0x01, 1, (byte)'f'];
    private static readonly byte[] LastFragment = [0x80, 1, (byte)'l'];
    private static readonly byte[] Ping = [0x89, 0];
    private static readonly byte[] Close = [0x88, 2, 3, 232];

    private readonly WrittenStream _written = new();

    [Fact]
    public async Task A_block_waits_until_a_fragmented_message_is_whole()
    {
        var stream = new SharedWriteStream(_written, TimeProvider.System);
        await stream.WriteAsync(FirstFragment);
        var block = stream.WriteFramesAsync(Block).AsTask();
        await stream.WriteAsync(Ping); // a control frame may stand between fragments
        Assert.False(block.IsCompleted);
        await stream.WriteAsync(LastFragment);
        await block;
        Assert.Equal([FirstFragment, Ping, LastFragment, Block], _written.Writes);
    }

    [Fact]
    public async Task Whole_frames_and_blocks_take_turns()
    {
        var stream = new SharedWriteStream(_written, TimeProvider.System);
        await stream.WriteFramesAsync(Block);
        await stream.WriteAsync(Ping);
        await stream.WriteFramesAsync(Block);
        Assert.Equal([Block, Ping, Block], _written.Writes);
    }

    [Fact]
    public async Task Writes_that_are_under_way_are_not_overtaken()
    {
        var stream = new SharedWriteStream(_written, TimeProvider.System);
        _written.Hold();
        var first = stream.WriteFramesAsync(Block).AsTask();
        var ping = stream.WriteAsync(Ping).AsTask();
        var second = stream.WriteFramesAsync(Block).AsTask();
        Assert.Single(_written.Writes);
        _written.LetGo();
        await Task.WhenAll(first, ping, second).WaitAsync(Bounds.Wait);
        Assert.Equal(3, _written.Writes.Count);
    }

    [Fact]
    public async Task Nothing_follows_a_close_frame()
    {
        var stream = new SharedWriteStream(_written, TimeProvider.System);
        await stream.WriteAsync(Close);
        await Assert.ThrowsAsync<IOException>(() => stream.WriteFramesAsync(Block).AsTask());
        Assert.True(stream.IsClosed);
        Assert.Equal([Close], _written.Writes);
    }

    [Fact]
    public async Task A_block_that_waits_for_a_message_that_is_never_finished_fails_when_the_socket_ends()
    {
        var stream = new SharedWriteStream(_written, TimeProvider.System);
        await stream.WriteAsync(FirstFragment);
        var block = stream.WriteFramesAsync(Block).AsTask();
        await stream.DisposeAsync();
        await Assert.ThrowsAsync<IOException>(() => block.WaitAsync(Bounds.Wait));
    }

    // CH-9
    [Fact]
    public async Task A_slow_reader_is_not_stuck_and_one_that_takes_nothing_is()
    {
        var time = new ManualTime();
        var stream = new SharedWriteStream(_written, time);
        Assert.Equal(TimeSpan.Zero, stream.StuckFor);
        _written.Hold();
        var answer = stream.WriteFramesAsync(new byte[300 * 1024]).AsTask();
        for (var step = 1; step <= 5; step++)
        {
            await Eventually.HoldsAsync(async () =>
            {
                await Task.Yield();
                return _written.Writes.Count == step && stream.StuckFor == TimeSpan.Zero;
            });
            time.Advance(TimeSpan.FromSeconds(29));
            Assert.Equal(TimeSpan.FromSeconds(29), stream.StuckFor);
            if (step < 5) _written.Step();
        }
        Assert.False(answer.IsCompleted);
        _written.LetGo();
        await answer.WaitAsync(Bounds.Wait);
        Assert.Equal((TimeSpan.Zero, 300 * 1024), (stream.StuckFor, _written.Writes.Sum(bytes => bytes.Length)));
    }

    // CH-37
    [Fact]
    public async Task It_knows_how_long_the_peer_keeps_a_read_waiting()
    {
        var time = new ManualTime();
        var stream = new SharedWriteStream(_written, time);
        Assert.Equal(TimeSpan.Zero, stream.SilentFor); // nobody waits
        for (var i = 0; i < 2; i++)
        {
            var read = stream.ReadAsync(new byte[1]).AsTask();
            time.Advance(TimeSpan.FromSeconds(5));
            Assert.Equal(TimeSpan.FromSeconds(5), stream.SilentFor); // what came before is forgotten
            _written.Arrive();
            Assert.Equal(1, await read.WaitAsync(Bounds.Wait));
            Assert.Equal(TimeSpan.Zero, stream.SilentFor);
        }
    }

    [Fact]
    public async Task Nobody_touches_the_servers_stream_behind_its_end_which_waits_for_the_write_under_way()
    {
        var stream = new SharedWriteStream(_written, TimeProvider.System);
        _written.Hold();
        var write = stream.WriteFramesAsync(Block).AsTask();
        var late = stream.WriteAsync(Ping).AsTask();
        var end = stream.EndAsync();
        Assert.False(end.IsCompleted);
        _written.LetGo();
        await Task.WhenAll(write, late, end).WaitAsync(Bounds.Wait);
        await Assert.ThrowsAsync<IOException>(() => stream.WriteFramesAsync(Block).AsTask());
        await Assert.ThrowsAsync<IOException>(() => stream.WriteAsync(Close).AsTask());
        Assert.Equal([Block, Ping], _written.Writes);
    }
}
