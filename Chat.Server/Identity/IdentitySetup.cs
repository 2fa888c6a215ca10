using Chat.Server.Identity.Tokens;

namespace Chat.Server.Identity;

internal static class IdentitySetup
{
    /// <summary>Who is calling, as the server's mode says.</summary>
    public static IServiceCollection AddIdentity(
        this IServiceCollection services, ServerMode mode, IConfiguration configuration)
    {
        services.AddSingleton(mode);
        services.AddOptionsWithValidateOnStart<IdentityOptions, IdentityOptionsValidator>()
            .BindConfiguration(IdentityOptions.Section);
        services.AddSingleton<AuthMetrics>();
        services.AddSingleton<SignIns>();
        services.AddSingleton<KeyDoor>();
        services.AddSingleton<OpaqueTokens>();
        if (!mode.HasTokens)
            return services.AddKeyed<OpenIdentity>().AddHostedService<OpenModeWarning>();
        if (mode.IsOfHost) return services.AddSingleton<HostUsers>().AddKeyed<HostIdentity>();
        services.AddIssuers(configuration);
        services.AddSingleton<TokenClaims>();
        services.AddSingleton<IssuerKeys>();
        services.AddHostedService(provider => provider.GetRequiredService<IssuerKeys>());
        services.AddSingleton<TokenReader>();
        return services.AddKeyed<TokenIdentity>();
    }

    /// <summary>The mode's identity, behind that of back ends.</summary>
    private static IServiceCollection AddKeyed<T>(this IServiceCollection services)
        where T : class, IIdentity =>
        services.AddSingleton<T>().AddSingleton<IIdentity>(provider =>
            ActivatorUtilities.CreateInstance<KeyIdentity>(provider, provider.GetRequiredService<T>()));
}
