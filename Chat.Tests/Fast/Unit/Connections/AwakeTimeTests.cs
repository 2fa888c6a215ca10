using Chat.Server.Connections;

namespace Chat.Tests.Unit.Connections;

public sealed class AwakeTimeTests
{
    [Fact]
    public void A_beat_that_is_far_too_late_begins_it_anew()
    {
        var time = new ManualTime();
        var awake = new AwakeTime(time, TimeSpan.FromSeconds(2));
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(TimeSpan.MaxValue, awake.Beat());
            time.Advance(TimeSpan.FromSeconds(2));
        }
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(TimeSpan.Zero, awake.Beat());
        time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(TimeSpan.FromSeconds(2), awake.Beat());
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(TimeSpan.FromSeconds(3), awake.Beat());
    }
}
