using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Options;

namespace Chat.Server.Limits;

internal static class LimitsRegistration
{
    /// <summary>How much one client may ask for: settings <c>Chat:Limits</c>.</summary>
    public static IServiceCollection AddLimits(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<LimitsOptions, LimitsOptionsValidator>()
            .BindConfiguration("Chat:Limits");
        services.AddSingleton(p => p.GetRequiredService<IOptions<LimitsOptions>>().Value);
        services.AddSingleton(p => new ConnectionRoom(p.GetRequiredService<LimitsOptions>(), OpenFiles.Find()));
        services.AddSingleton<LimitMetrics>();
        services.AddSingleton<CallLimits>();
        services.AddSingleton<RequestLimits>();
        services.AddSingleton<AttemptLimits>();
        services.AddSingleton<ConnectionLimit>();
        services.AddHostedService<OpenFilesWarning>();
        // The web server asks the last one that was registered.
        services.AddSingleton<IConnectionListenerFactory>(p => new BoundedTransport(
            ActivatorUtilities.CreateInstance<SocketTransportFactory>(p), p.GetRequiredService<ConnectionRoom>(),
            p.GetRequiredService<LimitMetrics>()));
        return services;
    }
}
