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
        return services.AddSingleton<MemoryBudget>();
    }
}
