using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

namespace Chat.Server.Memory;

internal static class MemoryRegistration
{
    /// <summary>What may be held for a while: settings <c>Chat:Memory</c>.</summary>
    public static IServiceCollection AddMemoryBudget(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<MemoryOptions, MemoryOptionsValidator>()
            .BindConfiguration("Chat:Memory");
        services.AddSingleton(p => p.GetRequiredService<IOptions<MemoryOptions>>().Value);
        services.AddSingleton<BlockPools>();
        services.AddSingleton<IMemoryPoolFactory<byte>>(p => p.GetRequiredService<BlockPools>());
        return services.AddSingleton<MemoryBudget>();
    }
}
