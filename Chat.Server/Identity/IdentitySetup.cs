namespace Chat.Server.Identity;

internal static class IdentitySetup
{
    public static IServiceCollection AddOpenIdentity(this IServiceCollection services) =>
        services.AddSingleton<OpenIdentity>().AddHostedService<OpenModeWarning>();
}
