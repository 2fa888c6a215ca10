using Chat.Server.Audit;

namespace Chat.Server.Identity;

/// <summary>Entries of the audit about a request.</summary>
internal static class RequestAudit
{
    private const string Somebody = "unknown";

    /// <summary>What the request did: who, from where and for which tenant comes from the request.</summary>
    /// <param name="http">The request.</param>
    /// <param name="act">A word or two: <c>user.revoke</c>.</param>
    /// <param name="target">To what: <c>user:ann</c>.</param>
    /// <param name="outcome"><c>ok</c>, or a code.</param>
    public static AuditEntry Entry(this HttpContext http, string act, string target, string outcome = "ok")
    {
        var caller = http.Features.Get<Callers.Caller>();
        var user = caller is { IsNobody: false } ? $"user:{caller.Id}" : "";
        var holder = KeyHolders.Find(http);
        var actor = $"{holder?.Actor} {user}".Trim();
        return new AuditEntry(holder?.Tenant ?? caller?.Tenant, actor.Length > 0 ? actor : Somebody, act, target,
            outcome)
        {
            RequestId = http.TraceIdentifier, Address = http.Connection.RemoteIpAddress?.ToString(),
        };
    }

    /// <summary>What was answered: the endpoint's name, the path, and <c>ok</c> or the status.</summary>
    public static AuditEntry AnsweredEntry(this HttpContext http) => http.Entry(
        http.GetEndpoint()?.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName ?? http.Request.Method,
        http.Request.Path, http.Response.StatusCode < 400 ? "ok" : $"{http.Response.StatusCode}");
}
