namespace Chat.ClientSdk;

/// <summary>Whatever can go wrong between a client and its server. Cancellation is not among it: that stays
/// <see cref="OperationCanceledException"/>.</summary>
public abstract class ChatException : Exception
{
    private protected ChatException(string message, Exception? innerException) : base(message, innerException) { }
}
