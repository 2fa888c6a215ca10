using Chat.Server.Callers;
using Chat.Server.FanOut.Backplane;

namespace Chat.Server.Users;

internal static class UsersRegistration
{
    /// <summary>The names of users, and who is shown them.</summary>
    public static IServiceCollection AddUsers(this IServiceCollection services)
    {
        services.AddSingleton<UserStore>();
        services.AddBackplaneTopic<UserChanges>();
        services.AddSingleton<UserDirectory>();
        services.AddSingleton<IUserTraces, UserNameTraces>();
        services.AddHostedService<UserPusher>();
        services.AddSingleton<KnownNames>();
        services.AddHostedService(provider => provider.GetRequiredService<KnownNames>());
        return services;
    }
}
