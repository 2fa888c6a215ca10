using Chat.Contracts.Errors;
using Chat.Server.Persistence;

namespace Chat.Server.Core;

/// <summary>
/// The text for users when a call failed. Each transport uses it in the one place where it answers failures.
/// </summary>
internal static class Refusal
{
    private static readonly ChatError DatabaseDown =
        new(ChatErrorCode.InternalError, "the database cannot be reached now; nothing was changed, try again later");

    private static readonly ChatError NotKnown =
        new(ChatErrorCode.InternalError, "the database went away, and it is not known whether anything was changed");

    private static readonly ChatError Busy =
        new(ChatErrorCode.InternalError, "somebody else is changing this now; nothing was changed, try again later");

    /// <summary>The refusal; null for a fault of the server.</summary>
    public static ChatException? Of(Exception exception) => exception switch
    {
        ChatException refused => refused,
        StoreException { Failure: StoreFailure.InDoubt } => new ChatException(NotKnown, exception),
        StoreException { Failure: StoreFailure.Locked } => new ChatException(Busy, exception),
        StoreException => new ChatException(DatabaseDown, exception),
        _ => null,
    };
}
