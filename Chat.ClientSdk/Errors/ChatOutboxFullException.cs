namespace Chat.ClientSdk;

/// <summary>The outbox holds as much as its options allow; the message was not accepted. There is room again when
/// others are sent or discarded.</summary>
public sealed class ChatOutboxFullException : ChatException
{
    /// <summary>Makes the exception.</summary>
    public ChatOutboxFullException(string message, Exception? innerException = null) : base(message, innerException) { }
}
