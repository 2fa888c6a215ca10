using Chat.Server.Transports.Framing;
using Microsoft.Extensions.Options;

namespace Chat.Server.Transports.WebSockets;

internal static class RawSocketRegistration
{
    public static IServiceCollection AddRawSockets(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<RawSocketOptions, RawSocketOptionsValidator>()
            .BindConfiguration("Chat:RawSocket");
        services.AddSingleton<IValidateOptions<RawSocketOptions>, PongTimeoutCheck>();
        services.AddSingleton<RawSocketCalls>();
        services.AddSingleton<RawSocketContext>();
        services.AddSingleton<RawSocketHost>();
        services.AddSingleton<RawSocketEndpoint>();
        services.AddHostedService<RawSocketPulse>();
        services.AddHostedService<RawSocketShutdown>();
        return services;
    }

    public static IEndpointConventionBuilder MapRawSockets(this IEndpointRouteBuilder endpoints) =>
        endpoints.Map(RawSocketEndpoint.Path,
            endpoints.ServiceProvider.GetRequiredService<RawSocketEndpoint>().HandleAsync)
            .WithMetadata(new SharedStreamEndpoint(LeaveOpen: true)).ExcludeFromDescription();
}
