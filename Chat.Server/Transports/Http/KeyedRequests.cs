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
        new(ChatErrorCode.Forbidden, $"the key does not have the scope {KeyScopeNames.NameOf(KeyScopes.App)}");

    public async Task GoOnAsync(HttpContext http, KeyHolder holder, RequestDelegate next)
    {
        if (http.GetEndpoint()?.Metadata.GetMetadata<RequiredScope>() is not null) await next(http);
        else if (!holder.Has(KeyScopes.App)) await RefusalAnswer.WriteAsync(http, Lacking);
        else
        {
            await next(http);
            if (HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method)) return;
            audit.Note(http.AnsweredEntry());
        }
    }
}
