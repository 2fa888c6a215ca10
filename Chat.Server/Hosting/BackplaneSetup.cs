using Chat.Server.FanOut.Backplane;
using Chat.Server.FanOut.Backplane.Redis;
using Chat.Server.Hosting.Health;

namespace Chat.Server.Hosting;

/// <summary>Whether and which Redis carries messages between instances, and its part in readiness.</summary>
internal static class BackplaneSetup
{
    /// <summary>Before <c>AddFanOut</c>.</summary>
    /// <param name="services">The chat's.</param>
    /// <param name="redis">Null: there is a single instance.</param>
    public static IServiceCollection AddChatBackplane(this IServiceCollection services, RedisSettings? redis)
    {
        if (redis is null) return services;
        services.AddRedisBackplane(redis);
        // Without it everything still arrives, only later: no reason to send clients elsewhere.
        return services.AddReadinessCheck("backplane",
            (provider, _) => ValueTask.FromResult(provider.GetRequiredService<BackplaneExchange>().Problem),
            degrades: true);
    }
}
