namespace Chat.ClientSdk;

/// <summary>There is no token any more: the provider has none, or the server took neither the last one nor the one
/// after it.</summary>
public sealed class ChatSignedOutException : ChatException
{
    /// <summary>Makes the exception.</summary>
    public ChatSignedOutException(string message, Exception? innerException = null) : base(message, innerException) { }
}
