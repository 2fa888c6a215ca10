using Chat.Contracts.Protocol;
using Chat.Server.Identity;
using Chat.Server.Transports.WebSockets;

namespace Chat.Server.Transports.SignalR;

/// <summary>Refuses a hub connection that does not say who it is, while there is still an HTTP answer to say it with.</summary>
internal static class HubIdentityCheck
{
    public static IApplicationBuilder UseHubIdentityCheck(this IApplicationBuilder app) => app.Use(static (http, next) =>
    {
        if (!http.Request.Path.StartsWithSegments(ChatHubRoute.Path)) return next(http);
        if (http.RequestServices.GetRequiredService<OpenIdentity>().TryIdentify(http, out _, out var problem)) return next(http);
        http.Response.StatusCode = StatusCodes.Status400BadRequest;
        return http.Response.WriteAsJsonAsync(new ErrorBody(problem), RawSocketJson.Default.ErrorBody);
    });
}
