using Chat.Contracts.Protocol;
using Chat.Server.Transports.Http;
using Chat.Server.Identity;

namespace Chat.Server.Transports.SignalR;

/// <summary>Refuses a hub connection that does not say who it is, while there is still an HTTP answer to say it
/// with.</summary>
internal static class HubIdentityCheck
{
    public static IApplicationBuilder UseHubIdentityCheck(this IApplicationBuilder app)
    {
        // Not from the request's services: making those costs each connection a scope for as long as it lives.
        var identity = app.ApplicationServices.GetRequiredService<OpenIdentity>();
        return app.Use((http, next) =>
        {
            if (!http.Request.Path.StartsWithSegments(ChatHubRoute.Path)) return next(http);
            if (identity.TryIdentify(http, out _, out var problem)) return next(http);
            return ErrorAnswer.WriteAsync(http, StatusCodes.Status400BadRequest, problem);
        });
    }
}
