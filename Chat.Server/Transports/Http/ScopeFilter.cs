using Chat.Contracts.Errors;
using Chat.Server.Callers;
using Chat.Server.Identity;

namespace Chat.Server.Transports.Http;

/// <summary>Refuses callers without a key that has the scope.</summary>
internal sealed class ScopeFilter(KeyScopes scope) : IEndpointFilter
{
    private readonly ChatError _needed = new(ChatErrorCode.Unauthenticated,
        $"a key with the scope {KeyScopeNames.NameOf(scope)} is needed: Authorization: Bearer ck_…");

    private readonly ChatError _lacking = new(ChatErrorCode.Forbidden,
        $"the key does not have the scope {KeyScopeNames.NameOf(scope)} at this address");

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var holder = KeyHolders.Find(http);
        if (holder?.Has(scope) == true) return await next(context);
        await RefusalAnswer.WriteAsync(http, holder is null ? _needed : _lacking);
        return Results.Empty;
    }
}
