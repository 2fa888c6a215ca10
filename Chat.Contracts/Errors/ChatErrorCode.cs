namespace Chat.Contracts.Errors;

/// <summary>Why the server refused. The codes are the same on every transport (<see cref="ChatErrorCodes"/>).</summary>
public enum ChatErrorCode
{
    /// <summary><c>bad_request</c>: the request is wrong, and the text names the field and what is allowed. Sending it
    /// again does not help.</summary>
    BadRequest,

    /// <summary><c>forbidden</c>: there is no such conversation, or the caller may not see it or write to it. The
    /// refusal does not say which.</summary>
    Forbidden,

    /// <summary><c>rate_limited</c>: too many requests at once; the same request may succeed later.</summary>
    RateLimited,

    /// <summary><c>unsupported_type</c>: a frame of an unknown type.</summary>
    UnsupportedType,

    /// <summary><c>internal_error</c>: the server failed, for instance because the database is down. Nothing was
    /// stored, unless the text says that this is not known.</summary>
    InternalError,

    /// <summary><c>unauthenticated</c>: a token is needed, and none came.</summary>
    Unauthenticated,

    /// <summary><c>token_invalid</c>: the token is not accepted. Another one may be.</summary>
    TokenInvalid,

    /// <summary><c>token_expired</c>: the token's time is over. A new one is needed.</summary>
    TokenExpired,

    /// <summary><c>identity_mismatch</c>: what the request says of its caller is not what the token says.</summary>
    IdentityMismatch,

    /// <summary>A code of a later version that this one does not know. The refusal is final: sending again does not
    /// help.</summary>
    Unknown,

    /// <summary><c>too_many_connections</c>: this server, or the client's address, has as many connections as it may.
    /// Connecting may work later.</summary>
    TooManyConnections,

    /// <summary><c>token_revoked</c>: the token's user was signed out after it was issued, or is deactivated. Another
    /// one may be accepted.</summary>
    TokenRevoked,

    /// <summary><c>banned</c>: the caller is banned from the conversation. The text says until when, and why.</summary>
    Banned,

    /// <summary><c>read_only</c>: the caller may read the conversation, but not write to it. The text says until when,
    /// and why.</summary>
    ReadOnly,

    /// <summary><c>tenant_suspended</c>: nobody of the caller's tenant is served now. Trying again does not
    /// help.</summary>
    TenantSuspended,

    /// <summary><c>conflict</c>: somebody else was faster: the message has another version than the caller wanted to
    /// edit. The text ends in it (<see cref="ChatError.Version"/>).</summary>
    Conflict,

    /// <summary><c>gone</c>: the message was deleted, or its content erased. Sending it again does not help.</summary>
    Gone,
}
