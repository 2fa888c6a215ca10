using Chat.Server.FanOut.Backplane.InProcess;
using Microsoft.Extensions.Options;

namespace Chat.Server.FanOut.Backplane;

internal static class BackplaneRegistration
{
    /// <summary>What instances tell each other: settings <c>Chat:Backplane</c>. Without Redis this instance is alone.</summary>
    public static IServiceCollection AddBackplane(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<BackplaneOptions, BackplaneOptionsValidator>().BindConfiguration("Chat:Backplane");
        services.AddSingleton(p => p.GetRequiredService<IOptions<BackplaneOptions>>().Value);
        services.AddSingleton<InProcessBus>();
        services.AddSingleton<IBackplane, InProcessBackplane>();
        services.AddSingleton<BackplaneExchange>();
        services.AddBackplaneTopic<EntryHints>();
        return services;
    }

    /// <summary>Makes the topic a service, and has the exchange know it.</summary>
    public static IServiceCollection AddBackplaneTopic<T>(this IServiceCollection services)
        where T : class, IBackplaneTopic =>
        services.AddSingleton<T>().AddSingleton<IBackplaneTopic>(p => p.GetRequiredService<T>());
}
