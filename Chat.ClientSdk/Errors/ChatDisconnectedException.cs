namespace Chat.ClientSdk;

/// <summary>There is no connection, or it ended before the answer came.</summary>
/// <remarks>Whether a call that was under way has been carried out is not known: send again with the same dedupe key,
/// and it is stored once.</remarks>
public sealed class ChatDisconnectedException : ChatException
{
    /// <summary>Makes the exception.</summary>
    public ChatDisconnectedException(string message, Exception? innerException = null, int? closeCode = null)
        : base(message, innerException) => CloseCode = closeCode;

    /// <summary>The WebSocket close code with which the server ended the connection
    /// (<see cref="Contracts.Errors.CloseReason"/>), or null when it said none.</summary>
    public int? CloseCode { get; }
}
