using Chat.Server.Core;
using Chat.Server.FanOut.Backplane;
using Chat.Server.Safety.Blocks;
using Chat.Server.Safety.Store;

namespace Chat.Server.Safety;

internal static class SafetyRegistration
{
    /// <summary>What users can do about each other.</summary>
    public static IServiceCollection AddSafety(this IServiceCollection services)
    {
        services.AddSingleton<SafetyContext>();
        services.AddSingleton<BlockStore>();
        services.AddBackplaneTopic<BlockChanges>();
        services.AddSingleton<BlockFarewell>();
        services.AddSingleton<BlockWatch>();
        services.AddSingleton<IBlocks>(provider => provider.GetRequiredService<BlockWatch>());
        services.AddHostedService<BlockUpkeep>();
        services.AddSingleton<Blocking>();
        return services;
    }
}
