namespace Chat.Tests.Specs;

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
