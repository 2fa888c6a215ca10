using Chat.Contracts.Protocol;
using Chat.Server.Transports.Http;

namespace Chat.Server.Transports.SignalR;

/// <summary>Refuses methods that there are not at the hub's addresses: SignalR itself would not say which there
/// are.</summary>
internal static class HubMethodCheck
{
    private const string OfHub = "GET, POST, DELETE", OfNegotiation = "POST";

    public static IApplicationBuilder UseHubMethods(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        if (!http.Request.Path.StartsWithSegments(ChatHubRoute.Path, out var below)
            || FindAllowed(http.Request.Method, below) is not { } allowed) return next(http);
        http.Response.Headers.Allow = allowed;
        return ErrorAnswer.WriteAsync(http, StatusCodes.Status405MethodNotAllowed, "method not allowed");
    });

    /// <returns>The methods that there are; null when it is one of them.</returns>
    private static string? FindAllowed(string method, PathString below)
    {
        if (below.StartsWithSegments("/negotiate")) return HttpMethods.IsPost(method) ? null : OfNegotiation;
        var isKnown = HttpMethods.IsGet(method) || HttpMethods.IsPost(method) || HttpMethods.IsDelete(method)
            || HttpMethods.IsConnect(method); // a WebSocket over HTTP/2
        return isKnown ? null : OfHub;
    }
}
