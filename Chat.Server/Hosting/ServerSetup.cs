using Chat.Server.Hosting.Drain;
using Chat.Server.Hosting.Health;
using Chat.Server.Hosting.Proxy;
using Chat.Server.Identity;
using Chat.Server.Identity.Tokens;
using Chat.Server.Limits;
using Chat.Server.Persistence;

namespace Chat.Server.Hosting;

internal static class ServerSetup
{
    /// <summary>Who is calling and how much they may ask for, <see cref="ServerOptions"/>, the clock, readiness, how
    /// far a drain is.</summary>
    /// <param name="services">The chat's.</param>
    /// <param name="mode">How the server knows who is calling.</param>
    /// <param name="configuration">Where issuers of tokens are.</param>
    public static IServiceCollection AddServer(
        this IServiceCollection services, ServerMode mode, IConfiguration configuration)
    {
        services.AddIdentity(mode, configuration);
        services.AddLimits(mode.Mode);
        if (mode.ReadsTokens)
            services.AddReadinessCheck("issuers",
                (provider, _) => ValueTask.FromResult(provider.GetRequiredService<IssuerKeys>().Problem));
        services.AddOptionsWithValidateOnStart<ServerOptions, ServerOptionsValidator>()
            .BindConfiguration(ServerOptions.Section);
        services.AddSingleton<TimeProvider>(provider => provider.GetRequiredService<DatabaseClock>());
        services.AddChatHealth();
        services.AddDrain();
        return services.AddTrustedProxies();
    }
}
