using Chat.Server.Limits;
using CsCheck;
using FluentAssertions;

namespace Chat.Tests.Unit.Limits;

public sealed class RateTests
{
    private static readonly Rate Ten = new(PerSecond: 10, Burst: 3);

    [Fact]
    public void A_burst_is_taken_at_once_and_then_one_per_interval()
    {
        long due = 0, now = TimeSpan.TicksPerDay;
        for (var i = 0; i < 3; i++) Ten.Take(ref due, now).Should().Be(TimeSpan.Zero);
        Ten.Take(ref due, now).Should().Be(TimeSpan.FromMilliseconds(100));
        now += TimeSpan.FromMilliseconds(99).Ticks;
        Ten.Take(ref due, now).Should().Be(TimeSpan.FromMilliseconds(1));
        now += TimeSpan.FromMilliseconds(1).Ticks;
        Ten.Take(ref due, now).Should().Be(TimeSpan.Zero);
        Ten.Take(ref due, now).Should().Be(TimeSpan.FromMilliseconds(100));
    }

    [Fact]
    public void What_is_given_back_can_be_taken_again()
    {
        long due = 0;
        for (var i = 0; i < 100; i++)
        {
            Ten.Take(ref due, now: 0).Should().Be(TimeSpan.Zero);
            Ten.Return(ref due);
        }
    }

    [Fact]
    public void Never_more_than_the_pace_and_the_burst_and_whoever_waits_as_told_is_let_in() =>
        Gen.Select(Gen.Int[1, 50], Gen.Int[1, 20], Gen.Long[0, 2_000].Array[1, 200])
            .Sample((perSecond, burst, pauses) =>
            {
                var rate = new Rate(perSecond, burst);
                long due = 0, now = 0, taken = 0;
                foreach (var pause in pauses)
                {
                    now += TimeSpan.FromMilliseconds(pause).Ticks / perSecond;
                    if (rate.Take(ref due, now) is var wait && wait == TimeSpan.Zero) taken++;
                    else
                    {
                        var later = due;
                        rate.Take(ref later, now + wait.Ticks).Should().Be(TimeSpan.Zero);
                    }
                }
                taken.Should().BeLessThanOrEqualTo(
                    burst + 1 + (long)(now / (double)TimeSpan.TicksPerSecond * perSecond));
            });
}
