using Chat.Server.Identity.Tokens;

namespace Chat.Server.Identity;

internal static class IdentitySetup
{
    /// <summary>Who is calling, as the server's mode says.</summary>
    public static IServiceCollection AddIdentity(
        this IServiceCollection services, ServerMode mode, IConfiguration configuration)
    {
        services.AddSingleton(mode);
        if (!mode.HasTokens)
            return services.AddSingleton<IIdentity, OpenIdentity>().AddHostedService<OpenModeWarning>();
        services.AddOptionsWithValidateOnStart<IdentityOptions, IdentityOptionsValidator>()
            .BindConfiguration(IdentityOptions.Section);
        services.AddIssuers(configuration);
        services.AddSingleton<TokenClaims>();
        services.AddSingleton<IssuerKeys>();
        services.AddHostedService(provider => provider.GetRequiredService<IssuerKeys>());
        services.AddSingleton<TokenReader>();
        return services.AddSingleton<IIdentity, TokenIdentity>();
    }
}
