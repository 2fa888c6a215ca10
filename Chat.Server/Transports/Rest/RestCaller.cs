using Chat.Server.Callers;
using Chat.Server.Core;
using Chat.Server.Identity;

namespace Chat.Server.Transports.Rest;

/// <summary>The caller of a request over REST.</summary>
internal static class RestCaller
{
    /// <exception cref="ChatException">The request does not say who calls, or not in the allowed way.</exception>
    public static Caller CallerOf(this IIdentity identity, HttpContext http) =>
        identity.TryIdentify(http, out var caller, out var refusal) ? caller : throw new ChatException(refusal);
}
