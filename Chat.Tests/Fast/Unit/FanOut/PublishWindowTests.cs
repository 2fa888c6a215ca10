using Chat.Server.FanOut.Backplane.Redis;

namespace Chat.Tests.Unit.FanOut;

public sealed class PublishWindowTests
{
    [Fact]
    public void It_is_full_by_number()
    {
        var window = new PublishWindow(2, 100);
        Assert.True(window.TryTake(1));
        Assert.True(window.TryTake(1));
        Assert.False(window.TryTake(1));
        window.Free(1);
        Assert.True(window.TryTake(1));
    }

    [Fact]
    public void It_is_full_by_bytes_and_lets_a_large_message_through_alone()
    {
        var window = new PublishWindow(10, 100);
        Assert.True(window.TryTake(60));
        Assert.False(window.TryTake(41));
        Assert.True(window.TryTake(40));
        window.Free(60);
        window.Free(40);
        Assert.True(window.TryTake(1_000));
        Assert.False(window.TryTake(1));
    }
}
