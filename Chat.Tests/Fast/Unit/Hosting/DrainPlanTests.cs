using Chat.Server.Hosting.Drain;

namespace Chat.Tests.Unit.Hosting;

/// <summary>When connections are asked to go (CH-80).</summary>
public sealed class DrainPlanTests
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(4);

    [Theory]
    [InlineData(1, 5)]
    [InlineData(200, 1_000)]
    [InlineData(600, 3_000)]
    [InlineData(20_000, 3_000)]
    public void Few_connections_are_asked_quickly_and_many_within_the_window_less_the_last_ones_grace(
        int connections, int spread)
    {
        var plan = DrainPlan.For(connections, Window);
        Assert.Equal(TimeSpan.FromSeconds(1), plan.Grace);
        Assert.Equal(TimeSpan.FromMilliseconds(spread), plan.Spread);
    }

    [Fact]
    public void A_short_window_shortens_the_grace_and_none_leaves_none()
    {
        Assert.Equal(new DrainPlan(TimeSpan.FromMilliseconds(500), TimeSpan.FromMilliseconds(500)),
            DrainPlan.For(10_000, TimeSpan.FromSeconds(1)));
        Assert.Equal(new DrainPlan(TimeSpan.Zero, TimeSpan.Zero), DrainPlan.For(10_000, TimeSpan.Zero));
    }

    [Fact]
    public void Slots_are_evenly_spread()
    {
        var plan = DrainPlan.For(3_000, Window);
        Assert.Equal(TimeSpan.Zero, plan.SlotOf(0, 3_000));
        for (var i = 1; i < 3_000; i++)
            Assert.Equal(1, (plan.SlotOf(i, 3_000) - plan.SlotOf(i - 1, 3_000)).TotalMilliseconds, 3);
    }
}
