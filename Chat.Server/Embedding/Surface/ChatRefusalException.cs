using Chat.Contracts.Errors;

namespace Chat.Server;

/// <summary>The chat refused what the application asked for. Nothing was changed, unless the text says that this is not
/// known.</summary>
public sealed class ChatRefusalException : Exception
{
    internal ChatRefusalException(ChatError error, Exception cause) : base(error.ToHubText(), cause) => Error = error;

    /// <summary>The code, and a text that says what was wrong and what is allowed.
    /// <see cref="ChatErrorCode.InternalError"/>: the database cannot be reached now; try again later.</summary>
    public ChatError Error { get; }

    /// <summary>The code of the refusal.</summary>
    public ChatErrorCode Code => Error.Code;
}
