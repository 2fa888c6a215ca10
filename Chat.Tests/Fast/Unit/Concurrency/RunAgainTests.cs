using Chat.Server.Concurrency;
using FluentAssertions;

namespace Chat.Tests.Unit.Concurrency;

public sealed class RunAgainTests
{
    private RunAgain _work;

    [Fact]
    public void The_first_request_starts_a_run()
    {
        _work.TryStart().Should().BeTrue();
        _work.Begin();
        _work.TryEnd().Should().BeTrue();
        _work.TryStart().Should().BeTrue();
    }

    [Fact]
    public void Requests_before_a_run_begins_are_one()
    {
        _work.TryStart().Should().BeTrue();
        _work.TryStart().Should().BeFalse();
        _work.Begin();
        _work.TryEnd().Should().BeTrue();
    }

    [Fact]
    public void Requests_during_a_run_are_one_more_run()
    {
        _work.TryStart().Should().BeTrue();
        _work.Begin();
        _work.TryStart().Should().BeFalse();
        _work.TryStart().Should().BeFalse();
        _work.TryEnd().Should().BeFalse();
        _work.Begin();
        _work.TryEnd().Should().BeTrue();
    }

    [Fact]
    public async Task Every_request_is_followed_by_a_whole_run_and_never_do_two_run_at_once()
    {
        const int askers = 4, requests = 20_000;
        long asked = 0, seen = 0;
        var running = 0;
        void Run()
        {
            do
            {
                _work.Begin();
                Interlocked.Increment(ref running).Should().Be(1);
                seen = Interlocked.Read(ref asked);
                Interlocked.Decrement(ref running);
            }
            while (!_work.TryEnd());
        }

        await Task.WhenAll(Enumerable.Range(0, askers).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < requests; i++)
            {
                Interlocked.Increment(ref asked);
                if (_work.TryStart()) Run();
            }
        })));

        seen.Should().Be(askers * requests);
    }
}
