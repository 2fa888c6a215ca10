using Chat.Server.FanOut.Backplane;
using Chat.Server.FanOut.Backplane.Redis;
using Chat.Server.Hosting.Configuration;
using Microsoft.Extensions.Logging.Abstractions;

namespace Chat.Tests.Fixtures.Servers;

/// <summary>Makes backplanes from the text that an operator would write.</summary>
internal static class RedisBackplanes
{
    private static readonly DeploymentDouble Shared = new();

    /// <summary>What the names of channels have after the prefix.</summary>
    public static string Tag { get; } = Seal(Shared, new MetricsHarness()).Tag;

    /// <returns>The backplane, and what it counts with. Its connection has to be disposed too.</returns>
    public static (RedisBackplane Backplane, MetricsHarness Metrics) Make(
        string redis, string prefix = "chat", string? caFile = null, DeploymentDouble? deployment = null,
        int probeMilliseconds = 200)
    {
        var metrics = new MetricsHarness();
        var options = new BackplaneOptions { ChannelPrefix = prefix, ProbeMilliseconds = probeMilliseconds };
        var connection = new RedisConnection(RedisSettingsResolver.Parse("REDIS_URL", redis, caFile),
            TimeProvider.System);
        var log = NullLogger<RedisBackplane>.Instance;
        var seal = Seal(deployment ?? Shared, metrics);
        return (new RedisBackplane(connection, seal, options, metrics.Metrics, log), metrics);
    }

    private static FrameSeal Seal(DeploymentDouble deployment, MetricsHarness metrics) => new(
        deployment.Identify(metrics), metrics.Metrics, TimeProvider.System, NullLogger<FrameSeal>.Instance);
}
