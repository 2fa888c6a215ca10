using Chat.Server.Concurrency;
using FluentAssertions;

namespace Chat.Tests.Unit.Concurrency;

public sealed class WakeOnceTests
{
    /// <summary>On a clock that is moved by hand.</summary>
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(3);

    private readonly WakeOnce _wake = new();
    private readonly ManualTime _time = new();

    [Fact]
    public void Set_while_nobody_waits_it_ends_the_next_wait()
    {
        _wake.Set();

        _wake.WaitAsync(CancellationToken.None).IsCompletedSuccessfully.Should().BeTrue();
    }

    [Fact]
    public void Set_twice_counts_once()
    {
        _wake.Set();
        _wake.Set();

        _wake.WaitAsync(CancellationToken.None).IsCompleted.Should().BeTrue();
        _wake.WaitAsync(CancellationToken.None).IsCompleted.Should().BeFalse();
    }

    [Fact]
    public async Task A_wait_ends_when_it_is_set()
    {
        var waiting = _wake.WaitAsync(Bound, _time, CancellationToken.None);
        waiting.IsCompleted.Should().BeFalse();

        _wake.Set();

        await waiting.WaitAsync(Bounds.Wait);
    }

    [Fact]
    public async Task A_wait_ends_when_its_time_is_over()
    {
        var waiting = _wake.WaitAsync(Bound, _time, CancellationToken.None);
        waiting.IsCompleted.Should().BeFalse();

        _time.Advance(Bound);

        await waiting.WaitAsync(Bounds.Wait);
    }

    [Fact]
    public async Task A_cancelled_wait_says_so_and_takes_nothing()
    {
        using var cancel = new CancellationTokenSource();
        var waiting = _wake.WaitAsync(Bound, _time, cancel.Token);

        await cancel.CancelAsync();

        await waiting.Invoking(task => task).Should().ThrowAsync<OperationCanceledException>();
        _wake.Set();
        _wake.WaitAsync(CancellationToken.None).IsCompleted.Should().BeTrue();
    }

    [Fact]
    public async Task Set_by_many_at_once_it_throws_nothing()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < 10_000; i++) _wake.Set();
        })));

        _wake.WaitAsync(CancellationToken.None).IsCompleted.Should().BeTrue();
        _wake.WaitAsync(CancellationToken.None).IsCompleted.Should().BeFalse();
    }
}
