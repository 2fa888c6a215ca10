using Microsoft.AspNetCore.Http.Features;

namespace Chat.Server.Transports.WebSockets;

internal static class RawSocketRegistration
{
    public static IServiceCollection AddRawSockets(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<RawSocketOptions, RawSocketOptionsValidator>().BindConfiguration("Chat:RawSocket");
        services.AddSingleton<RawSessions>();
        services.AddSingleton<RawSocketEndpoint>();
        services.AddHostedService<RawSocketShutdown>();
        return services;
    }

    /// <summary>go-chatty's sockets. Before routing, because the upgrade has to be caught before the framework takes it.</summary>
    public static IApplicationBuilder UseRawSockets(this IApplicationBuilder app)
    {
        app.Use((http, next) =>
        {
            if (http.Request.Path == RawSocketEndpoint.Path && http.Features.Get<IHttpUpgradeFeature>() is { } upgrade)
                http.Features.Set<IHttpUpgradeFeature>(new SharedStreamUpgrade(upgrade));
            return next(http);
        });
        return app.UseWebSockets();
    }

    public static IEndpointConventionBuilder MapRawSockets(this IEndpointRouteBuilder endpoints) =>
        endpoints.Map(RawSocketEndpoint.Path, endpoints.ServiceProvider.GetRequiredService<RawSocketEndpoint>().HandleAsync).ExcludeFromDescription();
}
