namespace Chat.Server.Connections;

internal static class ConnectionsRegistration
{
    /// <summary>The open connections of all transports, and what is done with them.</summary>
    public static IServiceCollection AddOpenConnections(this IServiceCollection services)
    {
        services.AddSingleton<ConnectionRegistry>();
        services.AddSingleton<ConnectionLimits>();
        services.AddSingleton<ConnectionEnding>();
        services.AddHostedService<SlowConnectionWatch>();
        services.AddHostedService<ConnectionExpiry>();
        services.AddSingleton<UnfinishedMessages>();
        services.AddHostedService(p => p.GetRequiredService<UnfinishedMessages>());
        services.AddSingleton<ConnectionMemory>();
        services.AddSingleton<Answers>();
        services.AddHostedService(p => p.GetRequiredService<Answers>());
        return services;
    }
}
