namespace Chat.Contracts.Errors;

/// <summary>The error codes as they are written on the wire.</summary>
public static class ChatErrorCodes
{
    /// <summary>See <see cref="ChatErrorCode.BadRequest"/>.</summary>
    public const string BadRequest = "bad_request";

    /// <summary>See <see cref="ChatErrorCode.Forbidden"/>.</summary>
    public const string Forbidden = "forbidden";

    /// <summary>See <see cref="ChatErrorCode.RateLimited"/>.</summary>
    public const string RateLimited = "rate_limited";

    /// <summary>See <see cref="ChatErrorCode.TooManyConnections"/>.</summary>
    public const string TooManyConnections = "too_many_connections";

    /// <summary>See <see cref="ChatErrorCode.UnsupportedType"/>.</summary>
    public const string UnsupportedType = "unsupported_type";

    /// <summary>See <see cref="ChatErrorCode.InternalError"/>.</summary>
    public const string InternalError = "internal_error";

    /// <summary>See <see cref="ChatErrorCode.Unauthenticated"/>.</summary>
    public const string Unauthenticated = "unauthenticated";

    /// <summary>See <see cref="ChatErrorCode.TokenInvalid"/>.</summary>
    public const string TokenInvalid = "token_invalid";

    /// <summary>See <see cref="ChatErrorCode.TokenExpired"/>.</summary>
    public const string TokenExpired = "token_expired";

    /// <summary>See <see cref="ChatErrorCode.TokenRevoked"/>.</summary>
    public const string TokenRevoked = "token_revoked";

    /// <summary>See <see cref="ChatErrorCode.IdentityMismatch"/>.</summary>
    public const string IdentityMismatch = "identity_mismatch";

    /// <summary>See <see cref="ChatErrorCode.Banned"/>.</summary>
    public const string Banned = "banned";

    /// <summary>See <see cref="ChatErrorCode.ReadOnly"/>.</summary>
    public const string ReadOnly = "read_only";

    /// <summary>See <see cref="ChatErrorCode.TenantSuspended"/>.</summary>
    public const string TenantSuspended = "tenant_suspended";

    /// <summary>See <see cref="ChatErrorCode.Conflict"/>.</summary>
    public const string Conflict = "conflict";

    /// <summary>See <see cref="ChatErrorCode.Gone"/>.</summary>
    public const string Gone = "gone";

    /// <summary>The word for a code. A server never sends a code that it does not know.</summary>
    public static string ToWire(this ChatErrorCode code) => code switch
    {
        ChatErrorCode.BadRequest => BadRequest,
        ChatErrorCode.Forbidden => Forbidden,
        ChatErrorCode.RateLimited => RateLimited,
        ChatErrorCode.TooManyConnections => TooManyConnections,
        ChatErrorCode.UnsupportedType => UnsupportedType,
        ChatErrorCode.Unauthenticated => Unauthenticated,
        ChatErrorCode.TokenInvalid => TokenInvalid,
        ChatErrorCode.TokenExpired => TokenExpired,
        ChatErrorCode.TokenRevoked => TokenRevoked,
        ChatErrorCode.IdentityMismatch => IdentityMismatch,
        ChatErrorCode.Banned => Banned,
        ChatErrorCode.ReadOnly => ReadOnly,
        ChatErrorCode.TenantSuspended => TenantSuspended,
        ChatErrorCode.Conflict => Conflict,
        ChatErrorCode.Gone => Gone,
        _ => InternalError,
    };

    /// <summary>What clients are told that know only the codes of the first version.</summary>
    public static ChatErrorCode ToOriginal(this ChatErrorCode code) => code switch
    {
        ChatErrorCode.Banned or ChatErrorCode.ReadOnly or ChatErrorCode.IdentityMismatch
            or ChatErrorCode.TenantSuspended => ChatErrorCode.Forbidden,
        ChatErrorCode.TooManyConnections => ChatErrorCode.RateLimited,
        ChatErrorCode.Unauthenticated or ChatErrorCode.Conflict or ChatErrorCode.Gone => ChatErrorCode.BadRequest,
        _ => code,
    };

    /// <summary>The code for a word; <see cref="ChatErrorCode.Unknown"/> for a word that is not known.</summary>
    public static ChatErrorCode FromWire(string word) => word switch
    {
        BadRequest => ChatErrorCode.BadRequest,
        Forbidden => ChatErrorCode.Forbidden,
        RateLimited => ChatErrorCode.RateLimited,
        TooManyConnections => ChatErrorCode.TooManyConnections,
        UnsupportedType => ChatErrorCode.UnsupportedType,
        InternalError => ChatErrorCode.InternalError,
        Unauthenticated => ChatErrorCode.Unauthenticated,
        TokenInvalid => ChatErrorCode.TokenInvalid,
        TokenExpired => ChatErrorCode.TokenExpired,
        TokenRevoked => ChatErrorCode.TokenRevoked,
        IdentityMismatch => ChatErrorCode.IdentityMismatch,
        Banned => ChatErrorCode.Banned,
        ReadOnly => ChatErrorCode.ReadOnly,
        TenantSuspended => ChatErrorCode.TenantSuspended,
        Conflict => ChatErrorCode.Conflict,
        Gone => ChatErrorCode.Gone,
        _ => ChatErrorCode.Unknown,
    };
}
