using Chat.Server.FanOut.Backplane;
using Chat.Server.FanOut.Backplane.Redis;
using Chat.Tests.Fixtures;
using Chat.Tests.Unit.Observability;
using Microsoft.Extensions.Logging.Abstractions;

namespace Chat.Tests.Integration;

/// <summary>What the settings of Redis come to.</summary>
public sealed class RedisSettingsTests
{
    [RedisFact]
    public async Task It_logs_in_with_its_password_and_a_wrong_one_is_an_outage()
    {
        await using var redis = await RedisServer.StartNewAsync("right");
        using var metrics = new MetricsHarness();
        await using var right = Connect(redis, metrics, "right");
        await using var wrong = Connect(redis, metrics, "wrong");
        var member = new BackplaneMember(right);
        _ = new BackplaneMember(wrong);
        await member.RecoveredAsync();
        Assert.Null(right.Problem);
        Assert.Equal("redis does not answer", wrong.Problem);
    }

    [Fact]
    public async Task A_server_whose_Redis_is_nowhere_serves_and_names_it_without_its_password()
    {
        await using var server = await ServerProcess.ServeAsync(
            ("REDIS_URL", "redis://:tellnobody@127.0.0.1:1,redis://127.0.0.1:2"), ("Chat__Server__ReadinessSeconds", "60"));
        using var http = new HttpClient { BaseAddress = server.Url };
        Assert.Equal("""{"status":"degraded","degraded":{"backplane":"redis: 2 of 2 nodes do not answer"}}""", await http.GetStringAsync("/health/ready"));
        await server.TerminateAsync();
        Assert.Equal(0, await server.ExitAsync());
        Assert.Contains(", Redis 127.0.0.1:1, 127.0.0.1:2", server.Output);
        Assert.Contains("RedisBackplane[3111]", server.Output);
        Assert.DoesNotContain("tellnobody", server.Output);
    }

    private static RedisBackplane Connect(RedisServer redis, MetricsHarness metrics, string password) => new(
        new RedisSettings([new RedisEndpoint("127.0.0.1", redis.Port, false, password)]), new BackplaneOptions { ProbeMilliseconds = 200 },
        metrics.Metrics, TimeProvider.System, NullLogger<RedisBackplane>.Instance);
}
