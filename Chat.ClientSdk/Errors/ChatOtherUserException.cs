namespace Chat.ClientSdk;

/// <summary>The server takes this client for another user than before, or than the options say: what waits here is not
/// that user's.</summary>
public sealed class ChatOtherUserException : ChatException
{
    /// <summary>Makes the exception.</summary>
    public ChatOtherUserException(string message, Exception? innerException = null) : base(message, innerException) { }
}
