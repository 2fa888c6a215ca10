using Chat.Server.Connections;
using Chat.Server.Hosting.Health;

namespace Chat.Server.Hosting.Drain;

internal static class DrainSetup
{
    public static IServiceCollection AddDrain(this IServiceCollection services) =>
        services.AddSingleton<DrainState>().AddSingleton<Drain>();

    /// <summary>Takes the host's signals to stop.</summary>
    /// <param name="services">The host's.</param>
    /// <param name="chat">Finds the chat's services among them; asked when the first signal comes.</param>
    public static IServiceCollection AddDrainLifetime(
        this IServiceCollection services, Func<IServiceProvider, IServiceProvider> chat) =>
        // The last one registered counts.
        services.AddSingleton<IHostLifetime>(provider => ActivatorUtilities.CreateInstance<DrainLifetime>(
            provider, new Func<IServiceProvider>(() => chat(provider))));

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
