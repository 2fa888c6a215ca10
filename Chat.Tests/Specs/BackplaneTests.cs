using Chat.Server.FanOut.Backplane;
using Chat.Server.FanOut.Backplane.InProcess;
using Chat.Server.FanOut.Backplane.Redis;
using Chat.Tests.Fixtures;

namespace Chat.Tests.Specs;

public sealed class InProcessBackplaneTests : BackplaneSpec
{
    internal override BackplaneNet Net { get; } = new InProcessNet();

    public override Task InitializeAsync() => Task.CompletedTask;
}

[RequiresRedis]
public sealed class RedisBackplaneTests : RedisBackplaneSpec
{
    protected override string Protocol => "resp2";
}

[RequiresRedis]
public sealed class RedisBackplaneOverResp3Tests : RedisBackplaneSpec
{
    protected override string Protocol => "resp3";
}

public sealed class BackplaneSpecTests
{
    [Fact]
    public void Every_backplane_has_its_tests()
    {
        var backplanes = typeof(IBackplane).Assembly.GetTypes().Where(t => t.IsClass && typeof(IBackplane).IsAssignableFrom(t)).OrderBy(t => t.Name);
        Assert.Equal([typeof(InProcessBackplane), typeof(RedisBackplane)], backplanes);
        foreach (var backplane in backplanes)
            Assert.True(typeof(BackplaneSpec).IsAssignableFrom(Type.GetType($"Chat.Tests.Specs.{backplane.Name}Tests")), backplane.Name);
    }
}
