using Chat.Contracts.Errors;

namespace Chat.ClientSdk;

/// <summary>The server understood the call and refused it. The connection goes on.</summary>
public class ChatRefusedException : ChatException
{
    /// <summary>Makes the exception for a refusal.</summary>
    public ChatRefusedException(ChatError error, Exception? innerException = null)
        : base((error ?? throw new ArgumentNullException(nameof(error))).ToHubText(), innerException) => Error = error;

    /// <summary>The exception for a refusal: <see cref="ChatConflictException"/> where the code is
    /// <see cref="ChatErrorCode.Conflict"/>.</summary>
    internal static ChatRefusedException Of(ChatError error, Exception? cause = null) =>
        error.Code == ChatErrorCode.Conflict
            ? new ChatConflictException(error, cause)
            : new ChatRefusedException(error, cause);

    /// <summary>The refusal: its code, and a text that says what was wrong and what is allowed.</summary>
    public ChatError Error { get; }

    /// <summary>The code of the refusal.</summary>
    public ChatErrorCode Code => Error.Code;

    /// <summary>How long to wait before the same is asked again, where the server said so: what came too fast is taken
    /// then. Null: it said nothing.</summary>
    public TimeSpan? RetryAfter => Error.RetryAfter;
}
