using Chat.Contracts.Errors;
using Chat.Server.Connections;
using Chat.Server.Core;
using Chat.Server.Memory;
using Chat.Tests.Fixtures;
using Chat.Tests.Unit.FanOut;
using CsCheck;

namespace Chat.Tests.Unit.Connections;

/// <summary>CH-113: the answers under way, of one connection and of all.</summary>
public sealed class AnswersTests : IAsyncDisposable
{
    private const int Limit = 64 * 1024 * 1024;

    private readonly ManualTime _time = new();
    private readonly MemoryBudget _memory = FeedRun.Budget(new() { AnswerBytes = Limit });
    private readonly Answers _all;
    private readonly List<int> _cut = [];

    public AnswersTests() => _all = Rooms.ForAnswers(_memory, _time);

    private static CancellationToken None => CancellationToken.None;

    public async ValueTask DisposeAsync()
    {
        await _all.StopAsync(default);
        _all.Dispose();
    }

    [Fact]
    public async Task Those_that_are_being_made_never_hold_more_than_the_limit_and_each_gets_its_turn()
    {
        var takes = Enumerable.Range(0, 40).Select(_ => TakeAsync()).ToList();
        for (var made = 0; made < takes.Count; made++)
        {
            var room = await takes[made].WaitAsync(Bounds.Wait);
            Assert.InRange(_memory.Answers.Held, 0, Limit);
            room.Hold(1_000); // most are small
            Assert.InRange(_memory.Answers.Held, 0, Limit);
        }
        foreach (var take in takes) (await take).Dispose();
        Assert.Equal((0, 0), (_memory.Answers.Held, _memory.Answers.Refused));
    }

    [Fact]
    public async Task A_connection_has_one_large_answer_at_a_time_and_small_ones_do_not_wait_for_each_other()
    {
        var own = new MemoryPart("own", Answers.OfConnection);
        var small = new List<AnswerRoom>();
        for (var i = 0; i < 64; i++)
        {
            small.Add(await _all.TakeAsync(Answers.Page, "ann", own, () => { }, None).AsTask().WaitAsync(Bounds.Wait));
            small[i].Hold(10_000);
        }
        foreach (var room in small) room.Dispose();
        var large = await _all.TakeAsync(Answers.Page, "ann", own, () => { }, None);
        large.Hold(3_000_000);
        var next = _all.TakeAsync(Answers.Page, "ann", own, () => { }, None).AsTask();
        var ofAnother = await _all.TakeAsync(Answers.Page, "bob", new("other", Answers.OfConnection), () => { }, None);
        Assert.False(next.IsCompleted);
        large.Dispose();
        (await next.WaitAsync(Bounds.Wait)).Dispose();
        ofAnother.Dispose();
        Assert.Equal((0, 0), (own.Held, _memory.Answers.Held));
    }

    [Fact]
    public async Task A_request_that_finds_no_room_in_10_s_is_refused_and_told_when_to_try_again()
    {
        var own = new MemoryPart("own", Answers.OfConnection);
        var full = await _all.TakeAsync(Limit, "ann", null, () => { }, None);
        var refused = _all.TakeAsync(Answers.Page, "ann", own, () => { }, None).AsTask();
        _time.Advance(TimeSpan.FromSeconds(10));
        var failure = await Assert.ThrowsAsync<ChatException>(() => refused.WaitAsync(Bounds.Wait));
        Assert.Equal((ChatErrorCode.RateLimited, TimeSpan.FromSeconds(5)),
            (failure.Code, failure.ToError().RetryAfter));
        Assert.Equal((0, Limit, 1), (own.Held, _memory.Answers.Held, _memory.Answers.Refused));
        full.Dispose();
    }

    [Fact]
    public async Task One_whose_client_is_gone_waits_no_longer_and_holds_nothing()
    {
        var full = await _all.TakeAsync(Limit, "ann", null, () => { }, None);
        using var gone = new CancellationTokenSource();
        var own = new MemoryPart("own", Answers.OfConnection);
        var waiting = _all.TakeAsync(Answers.Page, "ann", own, () => { }, gone.Token).AsTask();
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.WaitAsync(Bounds.Wait));
        full.Dispose();
        Assert.Equal((0, 0), (own.Held, _memory.Answers.Held));
    }

    [Fact]
    public async Task Where_room_is_wanted_those_go_that_are_taken_too_slowly_and_only_then()
    {
        await _all.StartAsync(default);
        var slow = await HoldAsync(1, 512 * 1024); // due in 18 s
        await AdvanceAsync(30); // nobody wants the room
        Assert.Empty(_cut);
        var quick = await HoldAsync(2, 512 * 1024);
        var wanted = _all.TakeAsync(Limit - 512 * 1024, "ann", null, () => { }, None).AsTask();
        await Eventually.HoldsAsync(async () =>
        {
            if (!wanted.IsCompleted) await AdvanceAsync(1);
            lock (_cut) return _cut.Count > 0;
        });
        lock (_cut) Assert.Equal([1], _cut);
        slow.Dispose(); // its connection has ended
        (await wanted.WaitAsync(Bounds.Wait)).Dispose();
        quick.Dispose();
        Assert.Equal(1, _memory.Answers.Refused);
    }

    /// <summary>Whatever a connection's answers hold, who takes 100 KB/s has all of them before they may be
    /// cut.</summary>
    [Fact]
    public Task A_client_that_takes_100_KB_per_second_is_never_cut() =>
        Gen.Int[1, Answers.Page].Array[1, 6].SampleAsync(async weights =>
        {
            var (time, own) = (new ManualTime(), new MemoryPart("own", long.MaxValue));
            using var all = Rooms.ForAnswers(FeedRun.Budget(new() { AnswerBytes = 2_000_000_000 }), time);
            var taken = 0L;
            foreach (var weight in weights)
            {
                var room = await all.TakeAsync(Answers.Page, "ann", own, () => { }, None);
                room.Hold(weight);
                taken += weight; // what is encoded is no more than what is held
                var whole = TimeSpan.FromSeconds(taken / 100_000.0);
                Assert.True(time.GetElapsedTime(time.GetTimestamp(), room.Due) > whole);
            }
        });

    private Task<AnswerRoom> TakeAsync() => _all.TakeAsync(Answers.Page, "ann", null, () => { }, None).AsTask();

    private async Task<AnswerRoom> HoldAsync(int number, long bytes)
    {
        var room = await _all.TakeAsync(bytes, "ann", null, () => Cut(number), None);
        room.Hold(bytes);
        return room;
    }

    private void Cut(int number)
    {
        lock (_cut) _cut.Add(number);
    }

    /// <summary>Each second is a beat: the loop has to be back at its timer before the next.</summary>
    private async Task AdvanceAsync(int seconds)
    {
        for (var second = 0; second < seconds; second++)
        {
            await Eventually.HoldsAsync(async () =>
            {
                await Task.Yield();
                return _time.HasTimerWithin(TimeSpan.FromSeconds(1));
            });
            _time.Advance(TimeSpan.FromSeconds(1));
        }
    }
}
