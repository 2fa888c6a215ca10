using Chat.Contracts.Errors;
using Chat.Server.Audit;
using Chat.Server.Callers;
using Chat.Server.Identity;

namespace Chat.Server.Transports.Http;

/// <summary>What back ends do for users and as the application: it takes the scope <c>app</c>, and what changes
/// anything is noted in the audit.</summary>
/// <remarks>Endpoints that demand a scope of their own say themselves what goes there.</remarks>
internal sealed class KeyedRequests(IAuditLog audit)
{
    private static readonly ChatError Lacking =
        new(ChatErrorCode.Forbidden, $"the key does not have the scope {KeyScopeNames.Of(KeyScopes.App)[0]}");

    public async Task GoOnAsync(HttpContext http, KeyHolder holder, RequestDelegate next)
    {
        var endpoint = http.GetEndpoint();
        if (endpoint?.Metadata.GetMetadata<RequiredScope>() is not null) await next(http);
        else if (!holder.Has(KeyScopes.App)) await RefusalAnswer.WriteAsync(http, Lacking);
        else
        {
            await next(http);
            if (HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method)) return;
            var status = http.Response.StatusCode;
            audit.Note(http.Entry(endpoint?.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName
                ?? http.Request.Method, http.Request.Path, status < 400 ? "ok" : $"{status}"));
        }
    }
}
