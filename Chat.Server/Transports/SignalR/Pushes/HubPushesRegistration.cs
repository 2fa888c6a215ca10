using Chat.Server.Connections;
using Chat.Server.FanOut.Backplane;
using Chat.Server.FanOut.Backplane.Redis;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.StackExchangeRedis;

namespace Chat.Server.Transports.SignalR.Pushes;

internal static class HubPushesRegistration
{
    /// <summary>What is sent through <see cref="IHubContext{THub}"/>: over Redis to all instances when Redis is
    /// configured and <see cref="BackplaneOptions.SharesHubPushes"/> is set, else within this one.</summary>
    public static IServiceCollection AddHubPushes(this IServiceCollection services)
    {
        services.AddSingleton<RedisPatience>();
        services.AddSingleton<PushRoutes>();
        services.AddBackplaneTopic<UserPushes>();
        services.AddOptions<RedisOptions>().Configure<IServiceProvider>((options, provider) =>
            options.ConnectionFactory = _ =>
                provider.GetRequiredService<RedisLoan>().LendAsync("hub", typeof(ChatHub).FullName!));
        services.AddSingleton<DefaultHubLifetimeManager<ChatHub>>();
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<RedisHubLifetimeManager<ChatHub>>(
            provider, ActivatorUtilities.CreateInstance<LogUntilStop<RedisHubLifetimeManager<ChatHub>>>(provider)));
        services.AddSingleton(Create);
        return services;
    }

    private static HubLifetimeManager<ChatHub> Create(IServiceProvider services)
    {
        var (opening, connections) =
            (services.GetRequiredService<HubOpening>(), services.GetRequiredService<ConnectionRegistry>());
        var groups = services.GetRequiredService<HubGroups>();
        var isShared = services.GetService<RedisConnection>() is not null
            && services.GetRequiredService<BackplaneOptions>().SharesHubPushes;
        return isShared
            ? new RedisLifetimeManager(opening, connections, groups, services.GetRequiredService<PushRoutes>())
            : new ChatLifetimeManager(
                opening, connections, groups, services.GetRequiredService<DefaultHubLifetimeManager<ChatHub>>());
    }
}
