using Chat.Contracts.Protocol;
using Microsoft.AspNetCore.Http.Features;

namespace Chat.Server.Transports.Http;

/// <summary>Tells requests that open a connection, while there is still an HTTP answer to refuse them with.</summary>
internal static class Opening
{
    private const string NegotiatePath = ChatHubRoute.Path + "/negotiate";

    public static bool IsUpgrade(HttpContext http) =>
        http.Features.Get<IHttpUpgradeFeature>() is { IsUpgradableRequest: true }
        || http.Features.Get<IHttpExtendedConnectFeature>() is { IsExtendedConnect: true };

    /// <summary>The framework keeps what it answers here until it is opened.</summary>
    public static bool Negotiates(HttpRequest request) =>
        HttpMethods.IsPost(request.Method) && IsAt(request, NegotiatePath);

    /// <summary>Requests of hub connections that are open already (polls, their sends, their end) open none.</summary>
    public static bool OpensHubConnection(HttpRequest request) =>
        IsAt(request, NegotiatePath)
        || (IsAt(request, ChatHubRoute.Path)
            && request.Headers.Accept.ToString().Contains("text/event-stream", StringComparison.OrdinalIgnoreCase));

    /// <summary>Routing takes a slash at the end of a path as well.</summary>
    public static bool IsAt(HttpRequest request, string path) =>
        request.Path.StartsWithSegments(path, out var rest) && (!rest.HasValue || rest == "/");
}
