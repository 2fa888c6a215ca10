using Chat.Contracts.Protocol;
using Chat.Server.Transports.Http;
using Chat.Server.Identity;

namespace Chat.Server.Transports.SignalR;

/// <summary>Refuses a hub connection that does not say who it is, and methods that there are not, while there is still
/// an HTTP answer to say it with.</summary>
internal static class HubIdentityCheck
{
    private const string OfHub = "GET, POST, DELETE", OfNegotiation = "POST";

    public static IApplicationBuilder UseHubIdentityCheck(this IApplicationBuilder app)
    {
        // Not from the request's services: making those costs each connection a scope for as long as it lives.
        var identity = app.ApplicationServices.GetRequiredService<OpenIdentity>();
        return app.Use((http, next) =>
        {
            if (!http.Request.Path.StartsWithSegments(ChatHubRoute.Path, out var below)) return next(http);
            if (FindAllowed(http.Request.Method, below) is { } allowed)
            {
                http.Response.Headers.Allow = allowed; // SignalR itself would not say
                return ErrorAnswer.WriteAsync(http, StatusCodes.Status405MethodNotAllowed, "method not allowed");
            }
            if (identity.TryIdentify(http, out _, out var problem)) return next(http);
            return ErrorAnswer.WriteAsync(http, StatusCodes.Status400BadRequest, problem);
        });
    }

    /// <returns>The methods that there are; null when it is one of them.</returns>
    private static string? FindAllowed(string method, PathString below)
    {
        if (below.StartsWithSegments("/negotiate")) return HttpMethods.IsPost(method) ? null : OfNegotiation;
        var isKnown = HttpMethods.IsGet(method) || HttpMethods.IsPost(method) || HttpMethods.IsDelete(method)
            || HttpMethods.IsConnect(method); // a WebSocket over HTTP/2
        return isKnown ? null : OfHub;
    }
}
