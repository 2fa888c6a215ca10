using Chat.Contracts.Errors;

namespace Chat.Server.Transports.Http;

/// <summary>A refusal as an HTTP answer: its status, <c>{"error": words}</c>, and what a client needs to know of
/// tokens.</summary>
internal static class RefusalAnswer
{
    public static Task WriteAsync(HttpContext http, ChatError refusal)
    {
        if (Challenge(refusal.Code) is { } challenge) http.Response.Headers.WWWAuthenticate = challenge;
        return ErrorAnswer.WriteAsync(
            http, StatusFor(refusal.Code), WordsOf(refusal), refusal.RetryAfter, refusal.Version, refusal.Reason);
    }

    public static int StatusFor(ChatErrorCode code) => code switch
    {
        ChatErrorCode.BadRequest or ChatErrorCode.UnsupportedType => StatusCodes.Status400BadRequest,
        ChatErrorCode.Unauthenticated or ChatErrorCode.TokenInvalid or ChatErrorCode.TokenExpired
            or ChatErrorCode.TokenRevoked => StatusCodes.Status401Unauthorized,
        ChatErrorCode.Forbidden or ChatErrorCode.IdentityMismatch or ChatErrorCode.Banned or ChatErrorCode.ReadOnly
            or ChatErrorCode.TenantSuspended => StatusCodes.Status403Forbidden,
        ChatErrorCode.Conflict => StatusCodes.Status409Conflict,
        ChatErrorCode.Gone => StatusCodes.Status410Gone,
        ChatErrorCode.RateLimited or ChatErrorCode.TooManyConnections => StatusCodes.Status429TooManyRequests,
        // the database is down; a fault of the server itself is no refusal and leaves as 500
        _ => StatusCodes.Status503ServiceUnavailable,
    };

    /// <summary>RFC 6750, section 3: a request without a token is told no error.</summary>
    private static string? Challenge(ChatErrorCode code) => code switch
    {
        ChatErrorCode.Unauthenticated => "Bearer",
        ChatErrorCode.TokenInvalid => """Bearer error="invalid_token" """.TrimEnd(),
        ChatErrorCode.TokenRevoked => """Bearer error="invalid_token", error_description="the token is revoked" """
            .TrimEnd(),
        ChatErrorCode.TokenExpired => """Bearer error="invalid_token", error_description="the token has expired" """
            .TrimEnd(),
        _ => null,
    };

    /// <summary>What concerns the caller begins with its code: one status has several of them.</summary>
    private static string WordsOf(ChatError refusal) => refusal.Code is ChatErrorCode.Unauthenticated
        or ChatErrorCode.TokenInvalid or ChatErrorCode.TokenExpired or ChatErrorCode.TokenRevoked
        or ChatErrorCode.IdentityMismatch or ChatErrorCode.Banned or ChatErrorCode.ReadOnly
        or ChatErrorCode.TenantSuspended
            ? refusal.ToHubText()
            : refusal.Message;
}
