using Chat.Contracts.Protocol;

namespace Chat.Server.Transports.SignalR.Polling;

internal static class HubPollSetup
{
    /// <summary>Ends hub connections whose answers to polls got lost, and looks at how answers are taken.</summary>
    public static IApplicationBuilder UseHubTransports(this IApplicationBuilder app)
    {
        var polls = app.ApplicationServices.GetRequiredService<HubPolls>();
        var buffers = app.ApplicationServices.GetRequiredService<ReconnectBuffers>();
        return app.Use((http, next) =>
        {
            if (ReconnectBuffers.IsNegotiation(http.Request)) buffers.Offer(http);
            return IsPoll(http) ? polls.RunAsync(http, next) : next(http);
        });
    }

    private static bool IsPoll(HttpContext http) =>
        HttpMethods.IsGet(http.Request.Method) && http.Request.Path.StartsWithSegments(ChatHubRoute.Path)
        && !http.WebSockets.IsWebSocketRequest;
}
