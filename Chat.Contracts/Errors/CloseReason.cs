namespace Chat.Contracts.Errors;

/// <summary>Why the server ended a socket, as the WebSocket close code. 1000–4499: connect again; 4500–4999: do
/// not.</summary>
public enum CloseReason
{
    /// <summary>1000: the client asked for it.</summary>
    Normal = 1000,

    /// <summary>1001: this server is shutting down. Connect again, to another instance if there is one.</summary>
    GoingAway = 1001,

    /// <summary>1009: a message over <see cref="Protocol.ChatLimits.FrameBytes"/>.</summary>
    MessageTooBig = 1009,

    /// <summary>1012: this server is about to stop and has asked the client to connect again, to another instance if
    /// there is one.</summary>
    ServiceRestart = 1012,

    /// <summary>4001: the user opened a newer socket, and this deployment allows one per user.</summary>
    SessionReplaced = 4001,

    /// <summary>4002: a message was not complete within <see cref="Protocol.ChatLimits.MessageSeconds"/>.</summary>
    MessageUnfinished = 4002,

    /// <summary>4401: the token has expired. Connect again with a new one.</summary>
    TokenExpired = 4401,

    /// <summary>4429: too much came that is no command, or there are too many connections. Connect again after a
    /// while.</summary>
    RateLimited = 4429,

    /// <summary>4501: the user was signed out, or is deactivated. Connect again with another token only.</summary>
    Unauthenticated = 4501,

    /// <summary>4503: a token of another user came on this connection.</summary>
    Forbidden = 4503,
}
