using Chat.Contracts.Protocol;

namespace Chat.Server.Transports.SignalR.Polling;

internal static class HubPollSetup
{
    /// <summary>Ends hub connections whose answers to polls got lost.</summary>
    public static IApplicationBuilder UseHubPolls(this IApplicationBuilder app)
    {
        var polls = app.ApplicationServices.GetRequiredService<HubPolls>();
        return app.Use((http, next) => IsPoll(http.Request) && polls.Find(http) is { } poll
            ? poll.RunAsync(http, next)
            : next(http));
    }

    private static bool IsPoll(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) && request.Path.StartsWithSegments(ChatHubRoute.Path);
}
