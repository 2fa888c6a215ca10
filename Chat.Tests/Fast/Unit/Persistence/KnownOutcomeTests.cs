using Chat.Server.Persistence;
using FluentAssertions;

namespace Chat.Tests.Unit.Persistence;

/// <summary>A change whose answer was lost is made until it is known whether it was made.</summary>
public sealed class KnownOutcomeTests
{
    /// <summary>The longest between two attempts.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly ManualTime _time = new();
    private int _calls;

    [Fact]
    public async Task A_known_outcome_is_told_at_once()
    {
        (await ChangeAsync(_ => Task.FromResult("made"))).Should().Be("made");
        await Failing(_ => throw Failure(StoreFailure.Unavailable)).Should().ThrowAsync<StoreException>()
            .Where(e => e.Failure == StoreFailure.Unavailable);
        _calls.Should().Be(2);
    }

    [Fact]
    public async Task After_a_doubt_whatever_fails_leaves_it_open_until_an_attempt_ends_well()
    {
        var result = await AdvanceAsync(ChangeAsync(call => call switch
        {
            1 => throw Failure(StoreFailure.InDoubt),
            2 => throw Failure(StoreFailure.Unavailable),
            3 => throw Failure(StoreFailure.Locked),
            _ => Task.FromResult("made"),
        }));
        (result, _calls).Should().Be(("made", 4));
    }

    [Fact]
    public async Task After_five_seconds_it_is_said_that_it_is_not_known()
    {
        var changing = ChangeAsync(call => throw Failure(call == 1 ? StoreFailure.InDoubt : StoreFailure.Unavailable));
        await new Func<Task>(() => AdvanceAsync(changing)).Should().ThrowAsync<StoreException>()
            .Where(e => e.Failure == StoreFailure.InDoubt);
        _calls.Should().BeInRange(1 + 5, 1 + 10); // with pauses of up to a second
    }

    [Fact]
    public async Task A_process_that_stood_still_for_longer_tries_once_more()
    {
        var changing = ChangeAsync(call =>
            call == 1 ? throw Failure(StoreFailure.InDoubt) : Task.FromResult("made"));
        await Eventually.HoldsAsync(() => _time.HasTimerWithin(Pause));
        _time.Advance(TimeSpan.FromMinutes(1));
        (await changing.WaitAsync(Bounds.Wait)).Should().Be("made");
    }

    [Fact]
    public async Task A_final_refusal_of_the_database_is_a_known_outcome()
    {
        var changing = ChangeAsync(call => throw Failure(call == 1 ? StoreFailure.InDoubt : StoreFailure.Rejected));
        await new Func<Task>(() => AdvanceAsync(changing)).Should().ThrowAsync<StoreException>()
            .Where(e => e.Failure == StoreFailure.Rejected);
    }

    private static StoreException Failure(StoreFailure failure) => new(failure, "of the test");

    private Func<Task> Failing(Func<int, Task<string>> change) => () => ChangeAsync(change);

    private Task<string> ChangeAsync(Func<int, Task<string>> change) =>
        KnownOutcome.OfAsync(() => change(++_calls), _time, CancellationToken.None);

    private async Task<string> AdvanceAsync(Task<string> changing)
    {
        await Eventually.HoldsAsync(() =>
        {
            if (_time.HasTimerWithin(Pause)) _time.Advance(Pause);
            return changing.IsCompleted;
        });
        return await changing;
    }
}
