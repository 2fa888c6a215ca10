using Chat.Server.Connections;
using Chat.Server.FanOut;
using Chat.Server.Memory;
using Chat.Tests.Fixtures;
using Chat.Tests.Unit.FanOut;
using Microsoft.Extensions.Logging.Abstractions;

namespace Chat.Tests.Unit.Connections;

/// <summary>CH-112, CH-113: messages of which only a part has come are bounded in time and in bytes.</summary>
public sealed class UnfinishedMessagesTests : IAsyncDisposable
{
    private readonly ManualTime _time = new();
    private readonly BackgroundWork _background = new(NullLogger<BackgroundWork>.Instance);
    private readonly MemoryBudget _memory = FeedRun.Budget(new() { UnfinishedBytes = 1_000 });
    private readonly UnfinishedMessages _all;

    public UnfinishedMessagesTests() =>
        _all = new UnfinishedMessages(_memory, _background, _time, NullLogger<UnfinishedMessages>.Instance);

    public async ValueTask DisposeAsync()
    {
        await _all.StopAsync(default);
        _all.Dispose();
        await _background.DisposeAsync();
    }

    [Fact]
    public async Task One_that_is_not_complete_within_30_seconds_of_its_first_byte_is_ended()
    {
        var (slow, quick, late) = (new Message(_all), new Message(_all), new Message(_all));
        await _all.StartAsync(default);
        await Eventually.HoldsAsync(async () =>
        {
            await Task.Yield();
            return _time.HasTimerWithin(TimeSpan.FromSeconds(1));
        });
        slow.Hold(10);
        quick.Hold(10);
        for (var second = 0; second < 20; second++) Tick(slow);
        quick.Complete();
        quick.Hold(10); // another message: its time begins again
        late.Hold(10);
        for (var second = 0; second < 9; second++) Tick(slow);
        Assert.Equal(0, slow.Ends);

        // The clock stands still until the beat of this second has been seen to: the time of the others goes on too.
        Tick(slow);
        await Eventually.HoldsAsync(() => slow.Ends > 0);
        Assert.Equal((1, "a message must be complete within 30 s"), (slow.Ends, slow.Reason));
        Assert.Equal((0, 0), (quick.Ends, late.Ends));
    }

    [Fact]
    public void Beyond_the_bytes_the_oldest_are_cut_and_one_that_is_sent_in_one_go_is_not()
    {
        var messages = Enumerable.Range(0, 6).Select(_ => new Message(_all)).ToList();
        foreach (var message in messages) message.Hold(200);
        Assert.Equal([1, 0, 0, 0, 0, 0], messages.Select(message => message.Cuts));

        messages[5].Hold(600);
        Assert.Equal([1, 1, 1, 0, 0, 0], messages.Select(message => message.Cuts));
        Assert.Equal(1_600, _memory.Unfinished.Held); // until the connections have ended
        foreach (var message in messages) message.Complete();
        Assert.Equal((0, 3), (_memory.Unfinished.Held, _memory.Unfinished.Refused));

        messages[0].Hold(1_000);
        Assert.Equal(1, messages[0].Cuts);
    }

    [Fact]
    public void One_alone_that_is_too_large_is_cut_itself()
    {
        var message = new Message(_all);
        message.Hold(1_001);
        message.Hold(1_002);
        Assert.Equal(1, message.Cuts);
        message.Complete();
        message.Complete();
        Assert.Equal(0, _memory.Unfinished.Held);
    }

    private void Tick(Message slow)
    {
        slow.Hold(slow.Bytes + 1); // bytes that trickle in change nothing
        _time.Advance(TimeSpan.FromSeconds(1));
    }

    private sealed class Message(UnfinishedMessages all) : UnfinishedMessage(all)
    {
        private int _ends;

        public int Cuts { get; private set; }

        public int Ends => Volatile.Read(ref _ends);

        public string? Reason { get; private set; }

        internal override void Cut() => Cuts++;

        internal override Task EndAsync(string reason, CancellationToken now)
        {
            Reason = reason;
            Interlocked.Increment(ref _ends);
            return Task.CompletedTask;
        }
    }
}
