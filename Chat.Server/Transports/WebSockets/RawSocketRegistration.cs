using Chat.Server.Hosting.Drain;

namespace Chat.Server.Transports.WebSockets;

internal static class RawSocketRegistration
{
    public static IServiceCollection AddRawSockets(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<RawSocketOptions, RawSocketOptionsValidator>().BindConfiguration("Chat:RawSocket");
        services.AddSingleton<RawSessions>();
        services.AddSingleton<IDrainSource>(p => p.GetRequiredService<RawSessions>());
        services.AddSingleton<RawSocketEndpoint>();
        services.AddHostedService<RawSocketShutdown>();
        return services;
    }

    public static IEndpointConventionBuilder MapRawSockets(this IEndpointRouteBuilder endpoints) =>
        endpoints.Map(RawSocketEndpoint.Path, endpoints.ServiceProvider.GetRequiredService<RawSocketEndpoint>().HandleAsync).ExcludeFromDescription();
}
