using Chat.Server.Concurrency;
using FluentAssertions;

namespace Chat.Tests.Unit.Concurrency;

public sealed class GatheredTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly ManualTime _time = new();
    private readonly Inbox<(int[] Questions, TaskCompletionSource<string> Answer)> _asked = new();

    [Fact]
    public async Task Questions_during_a_query_become_one_next_query_without_duplicates()
    {
        var gathered = Gather(most: 10);
        var first = gathered.AskAsync(1, None);
        var (asked, answer) = await _asked.NextAsync();
        asked.Should().Equal(1);
        // The same question again: the one under way may have been answered before something changed.
        Task<string>[] next = [.. ((int[])[1, 2, 3, 2]).Select(question => gathered.AskAsync(question, None))];
        answer.SetResult("old");
        (await first.WaitAsync(Bounds.Wait)).Should().Be("old");

        var (second, secondAnswer) = await _asked.NextAsync();
        second.Should().BeEquivalentTo([1, 2, 3]);
        secondAnswer.SetResult("new");
        (await Task.WhenAll(next).WaitAsync(Bounds.Wait)).Should().OnlyContain(text => text == "new");
        _ = gathered.AskAsync(4, None);
        (await _asked.NextAsync()).Questions.Should().Equal(4);
    }

    [Fact]
    public async Task One_question_holds_a_bounded_number()
    {
        var gathered = Gather(most: 2);
        _ = gathered.AskAsync(0, None);
        foreach (var question in (int[])[1, 2, 3, 4, 5]) _ = gathered.AskAsync(question, None);

        foreach (var expected in (int[][])[[0], [1, 2], [3, 4], [5]])
        {
            var (questions, answer) = await _asked.NextAsync();
            questions.Should().BeEquivalentTo(expected);
            answer.SetResult("");
        }
    }

    [Fact]
    public async Task A_failure_is_that_of_those_who_asked_and_the_next_are_asked()
    {
        var gathered = Gather(most: 10);
        var first = gathered.AskAsync(1, None);
        var second = gathered.AskAsync(2, None);
        (await _asked.NextAsync()).Answer.SetException(new InvalidOperationException("a fault of a test"));

        await first.Invoking(task => task).Should().ThrowAsync<InvalidOperationException>();
        (await _asked.NextAsync()).Answer.SetResult("fine");
        (await second.WaitAsync(Bounds.Wait)).Should().Be("fine");
    }

    [Fact]
    public async Task Beside_one_that_takes_long_another_is_asked()
    {
        var gathered = Gather(most: 10);
        _ = gathered.AskAsync(1, None);
        await _asked.NextAsync();
        _ = gathered.AskAsync(2, None);
        _time.Advance(TimeSpan.FromMilliseconds(300));

        _ = gathered.AskAsync(3, None);

        (await _asked.NextAsync()).Questions.Should().BeEquivalentTo([2, 3]);
    }

    [Fact]
    public async Task A_waiter_that_gives_up_takes_nobody_along()
    {
        var gathered = Gather(most: 10);
        using var impatient = new CancellationTokenSource();
        var first = gathered.AskAsync(1, impatient.Token);
        var other = gathered.AskAsync(1, None);
        await impatient.CancelAsync();
        await first.Invoking(task => task).Should().ThrowAsync<OperationCanceledException>();

        (await _asked.NextAsync()).Answer.SetResult("");
        (await _asked.NextAsync()).Answer.SetResult("fine");
        (await other.WaitAsync(Bounds.Wait)).Should().Be("fine");
    }

    private Gathered<int, string> Gather(int most) => new(
        questions =>
        {
            var answer = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
            _asked.Add(([.. questions], answer));
            return answer.Task;
        }, most, _time);
}
