using Chat.Server.Memory;
using CsCheck;

namespace Chat.Tests.Unit.Memory;

/// <summary>Room for what is held for a while: never more than the limit, and each in turn.</summary>
public sealed class MemoryPartTests
{
    private readonly MemoryPart _part = new("test", 100);

    [Fact]
    public async Task Who_finds_no_room_waits_in_turn_and_a_small_one_does_not_overtake()
    {
        Assert.True(_part.TryTake(90));
        var large = _part.TakeAsync(80, CancellationToken.None).AsTask();
        var small = _part.TakeAsync(5, CancellationToken.None).AsTask();
        Assert.False(_part.TryTake(1));
        Assert.False(small.IsCompleted);
        _part.Return(90);
        await Task.WhenAll(large, small).WaitAsync(Bounds.Wait);
        Assert.Equal((85, 0), (_part.Held, _part.Refused));
    }

    [Fact]
    public async Task Who_gives_up_took_nothing_and_lets_the_others_go_on()
    {
        Assert.True(_part.TryTake(90));
        using var stop = new CancellationTokenSource();
        var impatient = _part.TakeAsync(80, stop.Token).AsTask();
        var patient = _part.TakeAsync(10, CancellationToken.None).AsTask();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => impatient.WaitAsync(Bounds.Wait));
        await patient.WaitAsync(Bounds.Wait);
        Assert.Equal((100, 1), (_part.Held, _part.Refused));
    }

    [Fact]
    public void What_is_larger_than_the_limit_has_room_when_it_is_alone()
    {
        Assert.True(_part.TryTake(1_000));
        Assert.False(_part.TryTake(1));
        _part.Return(1_000);
        Assert.True(_part.TryTake(1));
    }

    [Fact]
    public Task Whatever_is_taken_returned_and_given_up_the_limit_holds_and_all_comes_back() =>
        Gen.Select(Gen.Int[1, 60], Gen.Bool).Array[1, 60].SampleAsync(async steps =>
        {
            var part = new MemoryPart("test", 100);
            var takes = new List<(int Bytes, Task Take, CancellationTokenSource Stop)>();
            foreach (var (bytes, isTake) in steps)
            {
                if (isTake)
                {
                    var stop = new CancellationTokenSource();
                    takes.Add((bytes, part.TakeAsync(bytes, stop.Token).AsTask(), stop));
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
