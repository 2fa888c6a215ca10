namespace Chat.ClientSdk;

/// <summary>Base of all failures between a client and its server. Cancellation is not one of them: it stays
/// <see cref="OperationCanceledException"/>.</summary>
public abstract class ChatException : Exception
{
    private protected ChatException(string message, Exception? innerException) : base(message, innerException) { }
}
