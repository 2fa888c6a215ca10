using Chat.Server.Callers;
using Chat.Server.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Options;

namespace Chat.Server.Limits;

internal static class LimitsRegistration
{
    /// <summary>How much one client may ask for: settings <c>Chat:Limits</c>.</summary>
    /// <param name="services">The services.</param>
    /// <param name="mode">Whether clients are users, or addresses.</param>
    public static IServiceCollection AddLimits(this IServiceCollection services, IdentityMode mode)
    {
        services.AddSingleton(p => new ClientAccounts(
            mode, p.GetRequiredService<CountedAddresses>(), p.GetRequiredService<TimeProvider>()));
        services.AddOptionsWithValidateOnStart<LimitsOptions, LimitsOptionsValidator>()
            .BindConfiguration("Chat:Limits");
        services.AddSingleton(p => p.GetRequiredService<IOptions<LimitsOptions>>().Value);
        services.AddSingleton(p => new ConnectionRoom(p.GetRequiredService<LimitsOptions>(), OpenFiles.Find()));
        services.AddSingleton<LimitMetrics>();
        services.AddSingleton<CallLimits>();
        services.AddSingleton<ClientLimits>();
        services.AddSingleton<AttemptLimits>();
        services.AddSingleton<ConnectionLimit>();
        services.AddSingleton<NegotiatedConnections>();
        services.AddHostedService<OpenFilesWarning>();
        return services;
    }

    /// <summary>The web server's sockets, within <see cref="ConnectionRoom"/>, each with its
    /// <see cref="DirectOutput"/> and <see cref="Handover"/>.</summary>
    public static IServiceCollection AddBoundedTransport(this IServiceCollection services)
    {
        services.PostConfigure<SocketTransportOptions>(DirectOutput.Prepare);
        services.Configure<KestrelServerOptions>(
            kestrel => kestrel.ConfigureEndpointDefaults(listener => listener.Use(Handover.Around)));
        // The web server asks the last one that was registered.
        return services.AddSingleton<IConnectionListenerFactory>(p => new BoundedTransport(
            ActivatorUtilities.CreateInstance<SocketTransportFactory>(p), p.GetRequiredService<ConnectionRoom>(),
            p.GetRequiredService<LimitMetrics>()));
    }
}
