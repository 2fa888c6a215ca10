using Chat.Server.Connections;

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

    /// <summary>Must come before whatever takes connections.</summary>
    public static IApplicationBuilder UseDrainGate(this IApplicationBuilder app) => app.UseMiddleware<DrainGate>();
}
