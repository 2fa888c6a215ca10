using Chat.Contracts.Errors;
using Chat.Server.Observability;

namespace Chat.Server.Transports.Http;

/// <summary>Refuses what is too much before anybody looks at it: in open mode requests of an address that makes too
/// many, or would open one connection too many; with tokens those that a full server has no room for.
/// <see cref="IdentityGate"/> does the rest, when it knows the user.</summary>
internal sealed class LimitsGate(RequestDelegate next, RequestLimits requests, ChatMetrics metrics)
{
    public Task InvokeAsync(HttpContext http)
    {
        var refusal = requests.AreOfUsers ? requests.CheckRoom(http) : requests.Admit(http);
        return refusal is null ? next(http) : RefuseAsync(http, refusal);
    }

    private Task RefuseAsync(HttpContext http, ChatError refusal)
    {
        metrics.Refused(refusal.Code);
        return RefusalAnswer.WriteAsync(http, refusal);
    }
}
