using Chat.Server.FanOut.Backplane.InProcess;
using Chat.Server.FanOut.Backplane.Redis;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Chat.Server.FanOut.Backplane;

internal static class BackplaneRegistration
{
    /// <summary>Messages between instances: settings <c>Chat:Backplane</c>. Without <see cref="AddRedisBackplane"/>
    /// before it, there is a single instance.</summary>
    public static IServiceCollection AddBackplane(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<BackplaneOptions, BackplaneOptionsValidator>()
            .BindConfiguration("Chat:Backplane");
        services.AddSingleton(p => p.GetRequiredService<IOptions<BackplaneOptions>>().Value);
        services.AddSingleton<InProcessBus>();
        services.TryAddSingleton<IBackplane, InProcessBackplane>();
        services.AddSingleton<BackplaneExchange>();
        services.AddBackplaneTopic<KeptMessages>();
        services.AddBackplaneTopic<EntryHints>();
        return services;
    }

    /// <summary>Connects the instances over Redis.</summary>
    public static IServiceCollection AddRedisBackplane(this IServiceCollection services, RedisSettings settings) =>
        services.AddSingleton(settings).AddSingleton<RedisConnection>().AddSingleton<RedisLoan>()
            .AddSingleton<FrameSeal>().AddSingleton<IBackplane, RedisBackplane>();

    /// <summary>Registers the topic as a service and with the exchange.</summary>
    public static IServiceCollection AddBackplaneTopic<T>(this IServiceCollection services)
        where T : class, IBackplaneTopic =>
        services.AddSingleton<T>().AddSingleton<IBackplaneTopic>(p => p.GetRequiredService<T>());
}
