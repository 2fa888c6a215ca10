namespace Chat.Server.Transports.Framing;

internal static class WebSocketSetup
{
    /// <summary>WebSockets for the hub and the raw sockets. Behind routing, which alone decides whose a request is, and
    /// before the endpoints, because the upgrade has to be caught before the framework takes it.</summary>
    public static IApplicationBuilder UseChatWebSockets(this IApplicationBuilder app)
    {
        app.Use((http, next) =>
        {
            if (http.GetEndpoint()?.Metadata.GetMetadata<SharedStreamEndpoint>() is { } shared)
            {
                SharedStreamUpgrade.Install(http, shared.LeaveOpen);
                // Server-sent events, of the hub: nginx would hold them back until a buffer is full.
                http.Response.Headers["X-Accel-Buffering"] = "no";
            }
            return next(http);
        });
        return app.UseWebSockets();
    }
}
