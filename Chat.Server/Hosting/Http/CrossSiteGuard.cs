using Chat.Server.Transports.Http;
using Microsoft.Extensions.Options;

namespace Chat.Server.Hosting.Http;

/// <summary>Refuses requests that a page of another site makes through a visitor's browser, before anything
/// else.</summary>
/// <remarks>Browsers let pages open WebSockets and send simple POSTs anywhere. Links to pages and files are not
/// concerned.</remarks>
internal sealed class CrossSiteGuard(RequestDelegate next, IOptions<ServerOptions> options)
{
    private const string Refusal =
        "requests from other web sites are refused; Chat:Server:AllowedOrigins lists the sites that may call this "
        + "server";

    private readonly AllowedOrigins _allowed = AllowedOrigins.Parse(options.Value.AllowedOrigins);

    public Task InvokeAsync(HttpContext http) =>
        Matters(http.Request) && CrossSite.IsForeign(http.Request)
            && !_allowed.Contains(http.Request.Headers.Origin.ToString())
            ? ErrorAnswer.WriteAsync(http, StatusCodes.Status403Forbidden, Refusal)
            : next(http);

    private static bool Matters(HttpRequest request) =>
        !HttpMethods.IsOptions(request.Method)
        && (!(HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
            || request.Path.StartsWithSegments("/api") || request.Path.StartsWithSegments("/hubs"));
}
