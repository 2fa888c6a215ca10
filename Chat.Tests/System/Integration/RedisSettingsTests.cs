using Chat.Tests.Fixtures;

namespace Chat.Tests.Integration;

/// <summary>What the settings of Redis come to.</summary>
public sealed class RedisSettingsTests
{
    [Fact]
    public async Task A_server_whose_Redis_is_nowhere_serves_and_names_it_without_its_password()
    {
        await using var server = await ServerProcess.ServeAsync(
            ("REDIS_URL", "redis://ann:tellnobody@127.0.0.1:1"), ("Chat__Server__ReadinessSeconds", "60"));
        using var http = new HttpClient { BaseAddress = server.Url };
        Assert.Equal("""{"status":"degraded","degraded":{"backplane":"redis does not answer"}}""",
            await http.GetStringAsync("/health/ready"));
        await Eventually.HoldsAsync(
            () => Task.FromResult(server.Output.Contains("RedisBackplane[3111]", StringComparison.Ordinal)));
        await server.TerminateAsync();
        Assert.Equal(0, await server.ExitAsync());
        Assert.Contains(", Redis 127.0.0.1:1", server.Output);
        Assert.DoesNotContain("tellnobody", server.Output);
    }
}
