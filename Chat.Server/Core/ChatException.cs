using Chat.Contracts.Errors;
using Chat.Contracts.Rules;
using Chat.Server.Callers;

namespace Chat.Server.Core;

/// <summary>A refusal. Each transport converts it to its own error in one place, with its own spelling of
/// fields.</summary>
internal sealed class ChatException : Exception
{
    private readonly ChatError _error;

    public ChatException(ChatError error, Exception? inner = null) : base(error.Message, inner) => _error = error;

    public ChatException(RuleViolation violation) : base(violation.ToText()) =>
        (_error, Violation) = (violation.ToError(), violation);

    public ChatErrorCode Code => _error.Code;

    /// <summary>The rule that the request breaks, with its field; null for a refusal of another kind.</summary>
    public RuleViolation? Violation { get; }

    /// <summary>Asking again changes nothing, although others with this code may be asked again.</summary>
    public bool IsFinal { get; init; }

    /// <summary>The refusal with fields spelled by <paramref name="spell"/>; by default as the hub does.</summary>
    public ChatError ToError(Func<ChatField, string>? spell = null) => Violation?.ToError(spell) ?? _error;

    /// <summary>A refusal that concerns no single field.</summary>
    public static ChatException BadRequest(string message) => new(new ChatError(ChatErrorCode.BadRequest, message));

    /// <exception cref="ChatException">There is a violation.</exception>
    public static void ThrowIf(RuleViolation? violation)
    {
        if (violation is not null) throw new ChatException(violation);
    }

    /// <summary>One text for "does not exist" and "no access", so that the refusal does not reveal which.</summary>
    public static ChatException Forbidden() => new(AccessRules.Forbidden);

    /// <summary>Without a time to wait: trying again is of no use before something else was done.</summary>
    public static ChatException RateLimited(string message) => new(new ChatError(ChatErrorCode.RateLimited, message));

    /// <summary>The caller was let in, and may not be here any more.</summary>
    public static ChatException Ended(ChatErrorCode because) => new(new ChatError(because, because switch
    {
        ChatErrorCode.TokenExpired => "the token has expired",
        ChatErrorCode.TokenRevoked => Admission.SignedOut.Message,
        ChatErrorCode.TenantSuspended => Admission.Suspended.Message,
        _ => "this connection is ended",
    }));

    public static ChatException IdentityMismatch(string message) =>
        new(new ChatError(ChatErrorCode.IdentityMismatch, message));

    public static ChatException Internal(string message, Exception? inner = null) =>
        new(new ChatError(ChatErrorCode.InternalError, message), inner);
}
