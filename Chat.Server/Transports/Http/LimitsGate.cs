using Chat.Contracts.Errors;
using Chat.Server.Limits;
using Chat.Server.Observability;

namespace Chat.Server.Transports.Http;

/// <summary>Refuses requests of an address that makes too many, and those that would open one connection too many,
/// before anybody looks at them.</summary>
/// <remarks>A request of a hub connection that is open is counted by that connection. The room's polls are answered
/// whenever there is something new, so how many come is not the client's choice.</remarks>
internal sealed class LimitsGate(
    RequestDelegate next, RequestLimits requests, ConnectionLimit connections, ChatMetrics metrics)
{
    private const string PollPath = "/api/messages";

    public Task InvokeAsync(HttpContext http)
    {
        var from = http.Connection.RemoteIpAddress;
        var opens = Opening.IsUpgrade(http) || Opening.OpensHubConnection(http.Request);
        if (!opens && !IsCounted(http.Request)) return next(http);
        var refusal = requests.Take(from);
        if (refusal is null && opens) refusal = connections.Check(from);
        return refusal is null ? next(http) : RefuseAsync(http, refusal);
    }

    private static bool IsCounted(HttpRequest request) =>
        request.Path.StartsWithSegments("/api") && !(HttpMethods.IsGet(request.Method) && request.Path == PollPath);

    private Task RefuseAsync(HttpContext http, ChatError refusal)
    {
        metrics.Refused(refusal.Code);
        return RefusalAnswer.WriteAsync(http, refusal);
    }
}
