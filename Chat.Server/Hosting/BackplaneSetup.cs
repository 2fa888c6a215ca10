using Chat.Server.Configuration;
using Chat.Server.FanOut.Backplane;
using Chat.Server.Hosting.Configuration;
using Chat.Server.Hosting.Health;

namespace Chat.Server.Hosting;

/// <summary>Whether and which Redis carries messages between instances, and its part in readiness.</summary>
internal static class BackplaneSetup
{
    /// <summary>Before <c>AddFanOut</c>.</summary>
    /// <exception cref="ConfigurationException">A setting cannot be used.</exception>
    public static WebApplicationBuilder AddChatBackplane(this WebApplicationBuilder builder)
    {
        if (RedisSettingsResolver.Resolve(builder.Configuration) is not { } redis) return builder;
        builder.Services.AddRedisBackplane(redis);
        // Without it everything still arrives, only later: no reason to send clients elsewhere.
        builder.Services.AddReadinessCheck("backplane",
            (services, _) => ValueTask.FromResult(services.GetRequiredService<BackplaneExchange>().Problem),
            degrades: true);
        return builder;
    }
}
