using Chat.Server.Callers;
using Chat.Server.Identity;

namespace Chat.Server.Transports.Http;

/// <summary>Lets only those past whose key has a scope.</summary>
internal static class ScopeGate
{
    /// <summary>Demands the scope of callers of these endpoints: a back end's key that has it, or, at the operators'
    /// address, the operators' key. Behind it <see cref="KeyHolders.Of"/> says who that is.</summary>
    public static TBuilder RequireScope<TBuilder>(this TBuilder endpoints, KeyScopes scope)
        where TBuilder : IEndpointConventionBuilder =>
        endpoints.WithMetadata(new RequiredScope(scope)).AddEndpointFilter(new ScopeFilter(scope));
}
