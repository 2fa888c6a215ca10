using Chat.Server.Concurrency;

namespace Chat.Tests.Unit.Concurrency;

public sealed class BackoffTests
{
    [Theory]
    [InlineData(0, 50, 100)]
    [InlineData(1, 100, 200)]
    [InlineData(3, 400, 800)]
    [InlineData(4, 500, 1_000)] // the longest
    [InlineData(int.MaxValue, 500, 1_000)]
    public void The_bound_doubles_up_to_the_longest_and_a_part_of_it_is_waited(int failures, double least, double most)
    {
        var backoff = new Backoff(TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(1));
        var random = new Random(1);
        var waits = Enumerable.Range(0, 200).Select(_ => backoff.Next(failures, random).TotalMilliseconds).ToList();
        Assert.All(waits, wait => Assert.InRange(wait, least, most));
        Assert.True(waits.Max() - waits.Min() > (most - least) / 2, "there is no jitter");
    }

    [Fact]
    public void The_least_part_may_be_nothing_or_all()
    {
        var all = new Backoff(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(4), Least: 1);
        Assert.Equal([1, 2, 4, 4], Enumerable.Range(0, 4).Select(failures => all.Next(failures).TotalSeconds));
        var any = all with { Least = 0 };
        Assert.Contains(Enumerable.Range(0, 200), _ => any.Next(0).TotalSeconds < 0.1);
    }
}
