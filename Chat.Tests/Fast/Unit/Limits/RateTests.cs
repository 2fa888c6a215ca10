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
    public void Returned_room_can_be_taken_again()
    {
        long due = 0;
        for (var i = 0; i < 100; i++)
        {
            Ten.Take(ref due, now: 0).Should().Be(TimeSpan.Zero);
            Ten.Return(ref due);
        }
    }

    [Fact]
    public void Never_more_than_the_pace_and_the_burst_and_a_caller_that_waits_as_told_is_let_in() =>
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

    /// <summary>The definition, by looking at all that was taken: in any stretch that begins with one of them there are
    /// at most the burst and as many as the pace allows.</summary>
    [Fact]
    public void It_takes_and_waits_just_as_the_definition_says() =>
        Gen.Select(Gen.Int[1, 40], Gen.Int[1, 8], Gen.Int[0, 3], Gen.Long[0, 3_000_000].Array[1, 120])
            .Sample((perSecond, burst, crowd, pauses) =>
            {
                var rate = new Rate(perSecond, burst);
                var interval = TimeSpan.TicksPerSecond / perSecond;
                var taken = new List<long>();
                long due = 0, now = 0;
                foreach (var pause in pauses)
                {
                    now += pause * crowd; // a crowd of none: all of them at once
                    var wait = rate.Take(ref due, now).Ticks;
                    wait.Should().Be(WaitByDefinition(taken, burst, interval, now));
                    if (wait == 0) taken.Add(now);
                }
            });

    private static long WaitByDefinition(List<long> taken, int burst, long interval, long now) =>
        taken.Select((from, i) => from + (taken.Count - i + 1 - burst) * interval - now).Append(0).Max();

    [Fact]
    public void Several_are_taken_all_or_none_and_given_back()
    {
        var four = new Rate(PerSecond: 10, Burst: 4);
        long due = 0;
        four.Take(ref due, now: 0, count: 3).Should().Be(TimeSpan.Zero);
        four.Take(ref due, now: 0, count: 2).Should().Be(TimeSpan.FromMilliseconds(100));
        four.Take(ref due, now: 0).Should().Be(TimeSpan.Zero, "the two took nothing");
        four.Return(ref due, count: 3);
        four.Take(ref due, now: 0, count: 3).Should().Be(TimeSpan.Zero);
        four.Take(ref due, now: 0, count: 99).Should().Be(TimeSpan.FromMilliseconds(400), "99 are as many as four");
    }

    [Theory]
    [InlineData(20, 60, "20 per second, 60 at once")]
    [InlineData(2.5, 7, "150 per minute, 7 at once")]
    [InlineData(100 / 3_600d, 100, "100 per hour, 100 at once")]
    [InlineData(1 / 7_200d, 1, "0 per second, 1 at once")]
    public void Its_words_are_in_the_unit_that_makes_it_whole(double perSecond, int burst, string words) =>
        new Rate(perSecond, burst).Words.Should().Be(words);

    [Fact]
    public void Faster_by_a_factor_and_at_least_one_at_once()
    {
        Ten.Times(2.5).Should().Be(new Rate(PerSecond: 25, Burst: 7));
        Ten.Times(0.1).Should().Be(new Rate(PerSecond: 1, Burst: 1));
    }
}
