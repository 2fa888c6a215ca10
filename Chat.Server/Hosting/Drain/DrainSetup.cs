using Chat.Server.Connections;
using Chat.Server.Hosting.Health;

namespace Chat.Server.Hosting.Drain;

internal static class DrainSetup
{
    public static IServiceCollection AddDrain(this IServiceCollection services)
    {
        services.AddSingleton<DrainState>();
        services.AddSingleton<Drain>();
        services.AddSingleton<IHostLifetime, DrainLifetime>(); // the last one registered counts
        return services;
    }

    /// <summary>Drains when the database requires a newer server.</summary>
    public static IServiceCollection AddLevelGuard(this IServiceCollection services)
    {
        services.AddSingleton<LevelGuard>();
        services.AddSingleton<IReadinessCheck>(provider => provider.GetRequiredService<LevelGuard>());
        services.AddHostedService(provider => provider.GetRequiredService<LevelGuard>());
        return services;
    }

    /// <summary>Must come before everything that accepts connections.</summary>
    public static IApplicationBuilder UseDrainGate(this IApplicationBuilder app) => app.UseMiddleware<DrainGate>();
}
