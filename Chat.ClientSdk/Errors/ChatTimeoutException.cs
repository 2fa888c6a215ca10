namespace Chat.ClientSdk;

/// <summary>There was no answer within <see cref="ChatClientOptions.CallTimeout"/>: no connection, or a server that did
/// not answer.</summary>
/// <remarks>It is not known whether the call was carried out, unless the inner exception says that there was no
/// connection.</remarks>
public sealed class ChatTimeoutException : ChatException
{
    /// <summary>Makes the exception.</summary>
    public ChatTimeoutException(string message, Exception? innerException = null) : base(message, innerException) { }
}
