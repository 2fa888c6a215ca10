using Chat.Contracts.Errors;

namespace Chat.Server.Connections;

internal static class CloseReasons
{
    private const int FirstFinal = 4_500;

    /// <summary>The close code of a refusal that ends a connection.</summary>
    public static CloseReason Of(ChatErrorCode code) => code switch
    {
        ChatErrorCode.TokenExpired => CloseReason.TokenExpired,
        ChatErrorCode.RateLimited or ChatErrorCode.TooManyConnections => CloseReason.RateLimited,
        ChatErrorCode.Unauthenticated or ChatErrorCode.TokenInvalid or ChatErrorCode.TokenRevoked =>
            CloseReason.Unauthenticated,
        ChatErrorCode.IdentityMismatch or ChatErrorCode.Forbidden or ChatErrorCode.TenantSuspended =>
            CloseReason.Forbidden,
        _ => CloseReason.GoingAway,
    };

    /// <summary>Whether a client reconnects after this reason.</summary>
    public static bool AllowsReconnect(this CloseReason reason) => (int)reason < FirstFinal;
}
