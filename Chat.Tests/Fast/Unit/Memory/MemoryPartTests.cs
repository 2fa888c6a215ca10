using Chat.Server.Memory;
using CsCheck;

namespace Chat.Tests.Unit.Memory;

/// <summary>Room for what is held for a while: never more than the limit, and each in turn.</summary>
public sealed class MemoryPartTests
{
    private readonly MemoryPart _part = new("test", 100);

    [Fact]
    public async Task A_request_that_finds_no_room_waits_in_turn_and_a_small_one_does_not_overtake()
    {
        Assert.True(_part.TryTake(90));
        var large = _part.TakeAsync(80, "ann", CancellationToken.None).AsTask();
        var small = _part.TakeAsync(5, "ann", CancellationToken.None).AsTask();
        Assert.False(_part.TryTake(1));
        Assert.False(small.IsCompleted);
        _part.Return(90);
        await Task.WhenAll(large, small).WaitAsync(Bounds.Wait);
        Assert.Equal((85, 0), (_part.Held, _part.Refused));
    }

    // CH-125
    [Fact]
    public async Task Room_is_given_to_those_who_wait_in_turn_not_to_all_of_one_first()
    {
        Assert.True(_part.TryTake(100));
        var flood = Enumerable.Range(0, 50).Select(_ => _part.TakeAsync(50, "flood", CancellationToken.None).AsTask())
            .ToList();
        var bystander = _part.TakeAsync(50, "bystander", CancellationToken.None).AsTask();
        _part.Return(100);
        await bystander.WaitAsync(Bounds.Wait);
        await flood[0].WaitAsync(Bounds.Wait);
        Assert.Equal(1, flood.Count(take => take.IsCompleted));
    }

    [Fact]
    public async Task A_waiter_that_gives_up_took_nothing_and_lets_the_others_go_on()
    {
        Assert.True(_part.TryTake(90));
        using var stop = new CancellationTokenSource();
        var impatient = _part.TakeAsync(80, "ann", stop.Token).AsTask();
        var patient = _part.TakeAsync(10, "bob", CancellationToken.None).AsTask();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => impatient.WaitAsync(Bounds.Wait));
        await patient.WaitAsync(Bounds.Wait);
        Assert.Equal((100, 1), (_part.Held, _part.Refused));
    }

    [Fact]
    public void A_piece_larger_than_the_limit_has_room_when_it_is_alone()
    {
        Assert.True(_part.TryTake(1_000));
        Assert.False(_part.TryTake(1));
        _part.Return(1_000);
        Assert.True(_part.TryTake(1));
    }

    [Fact]
    public Task The_limit_holds_for_any_order_of_taking_returning_and_giving_up() =>
        Gen.Select(Gen.Int[1, 60], Gen.Bool).Array[1, 60].SampleAsync(async steps =>
        {
            var part = new MemoryPart("test", 100);
            var takes = new List<(int Bytes, Task Take, CancellationTokenSource Stop)>();
            foreach (var (bytes, isTake) in steps)
            {
                if (isTake)
                {
                    var stop = new CancellationTokenSource();
                    var owner = bytes % 2 == 0 ? "ann" : "bob";
                    takes.Add((bytes, part.TakeAsync(bytes, owner, stop.Token).AsTask(), stop));
                }
                else if (takes.Find(take => take.Take.IsCompletedSuccessfully) is { Take: not null } taken)
                {
                    takes.Remove(taken);
                    part.Return(taken.Bytes);
                }
                else if (takes.Count > 0) await takes[0].Stop.CancelAsync();
                Assert.InRange(part.Held, 0, 100);
            }
            foreach (var (bytes, take, stop) in takes)
            {
                await stop.CancelAsync();
                await take.WaitAsync(Bounds.Wait).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                if (take.IsCompletedSuccessfully) part.Return(bytes);
                stop.Dispose();
            }
            Assert.Equal(0, part.Held);
        });
}
