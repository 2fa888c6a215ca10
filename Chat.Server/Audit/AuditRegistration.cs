using Chat.Server.Audit.Store;

namespace Chat.Server.Audit;

internal static class AuditRegistration
{
    /// <summary>What was done by whom. Early: services stop in reverse, and what others note is stored to the
    /// end.</summary>
    public static IServiceCollection AddAudit(this IServiceCollection services)
    {
        services.AddSingleton<AuditStore>();
        services.AddSingleton<AuditMetrics>();
        services.AddSingleton<AuditLog>();
        services.AddSingleton<IAuditLog>(provider => provider.GetRequiredService<AuditLog>());
        return services.AddHostedService(provider => provider.GetRequiredService<AuditLog>());
    }
}
