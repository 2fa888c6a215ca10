using Chat.Server.Transports.Http;

namespace Chat.Server.Transports.Framing;

internal static class WebSocketSetup
{
    private const string Version = "13";

    /// <summary>WebSockets for the hub and the raw sockets. Behind routing, which alone decides whose a request is, and
    /// before the endpoints, because the upgrade has to be caught before the framework takes it.</summary>
    public static IApplicationBuilder UseChatWebSockets(this IApplicationBuilder app)
    {
        app.Use((http, next) =>
        {
            if (http.GetEndpoint()?.Metadata.GetMetadata<SharedStreamEndpoint>() is not { } shared) return next(http);
            if (WantsOtherVersion(http.Request)) return RefuseVersionAsync(http);
            SharedStreamUpgrade.Install(http, shared.LeaveOpen);
            // Server-sent events, of the hub: nginx would hold them back until a buffer is full.
            http.Response.Headers["X-Accel-Buffering"] = "no";
            return next(http);
        });
        return app.UseWebSockets();
    }

    /// <summary>An opening handshake of a version that is not spoken here, or of none. The framework would take it for
    /// a plain request.</summary>
    private static bool WantsOtherVersion(HttpRequest request) =>
        request.Headers.Upgrade.ToString().Equals("websocket", StringComparison.OrdinalIgnoreCase)
        && request.Headers.SecWebSocketVersion != Version;

    /// <summary>As RFC 6455, 4.2.2 asks.</summary>
    private static Task RefuseVersionAsync(HttpContext http)
    {
        var headers = http.Response.Headers;
        (headers.SecWebSocketVersion, headers.Upgrade, headers.Connection) = (Version, "websocket", "Upgrade");
        return ErrorAnswer.WriteAsync(http, StatusCodes.Status426UpgradeRequired,
            $"Sec-WebSocket-Version must be {Version}");
    }
}
