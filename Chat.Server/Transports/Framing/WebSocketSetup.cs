using Chat.Contracts.Protocol;
using Chat.Server.Transports.WebSockets;
using Microsoft.AspNetCore.Http.Features;

namespace Chat.Server.Transports.Framing;

internal static class WebSocketSetup
{
    /// <summary>WebSockets for the hub and the raw sockets. Before both, because the upgrade has to be caught before
    /// the framework takes it.</summary>
    public static IApplicationBuilder UseChatWebSockets(this IApplicationBuilder app)
    {
        app.Use((http, next) =>
        {
            var isRaw = http.Request.Path == RawSocketEndpoint.Path;
            if ((isRaw || http.Request.Path == ChatHubRoute.Path)
                && http.Features.Get<IHttpUpgradeFeature>() is { } upgrade)
                http.Features.Set<IHttpUpgradeFeature>(new SharedStreamUpgrade(upgrade, leaveOpen: isRaw));
            return next(http);
        });
        return app.UseWebSockets();
    }
}
