using Chat.Contracts.Errors;

namespace Chat.ClientSdk;

/// <summary>The server understood the call and refused it. The connection goes on.</summary>
public sealed class ChatRefusedException : ChatException
{
    /// <summary>Makes the exception for a refusal.</summary>
    public ChatRefusedException(ChatError error, Exception? innerException = null)
        : base((error ?? throw new ArgumentNullException(nameof(error))).ToHubText(), innerException) => Error = error;

    /// <summary>The refusal: its code, and a text that says what was wrong and what is allowed.</summary>
    public ChatError Error { get; }

    /// <summary>The code of the refusal.</summary>
    public ChatErrorCode Code => Error.Code;

    /// <summary>How long to wait before the same is asked again, where the server said so: what came too fast is taken
    /// then. Null: it said nothing.</summary>
    public TimeSpan? RetryAfter => Error.RetryAfter;
}
