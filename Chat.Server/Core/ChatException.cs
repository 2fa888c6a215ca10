using Chat.Contracts.Errors;

namespace Chat.Server.Core;

/// <summary>A refusal. Each transport turns it into its own error in one place.</summary>
internal sealed class ChatException(ChatError error, Exception? inner = null) : Exception(error.Message, inner)
{
    public ChatError Error { get; } = error;

    public static ChatException BadRequest(string message) => new(new ChatError(ChatErrorCode.BadRequest, message));

    /// <summary>One text for "there is none" and "not for you", so that nobody learns which.</summary>
    public static ChatException Forbidden() => new(new ChatError(ChatErrorCode.Forbidden, "you are not a participant of this conversation, or it does not exist"));

    public static ChatException RateLimited(string message) => new(new ChatError(ChatErrorCode.RateLimited, message));

    public static ChatException Internal(string message, Exception? inner = null) => new(new ChatError(ChatErrorCode.InternalError, message), inner);
}
