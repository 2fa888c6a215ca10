namespace Chat.ClientSdk;

/// <summary>There is no connection, or it ended before the answer came.</summary>
/// <remarks>It is not known whether a pending call was carried out. A message that is sent again with the same dedupe
/// key is stored once.</remarks>
public sealed class ChatDisconnectedException : ChatException
{
    /// <summary>Makes the exception.</summary>
    public ChatDisconnectedException(string message, Exception? innerException = null, int? closeCode = null)
        : base(message, innerException) => CloseCode = closeCode;

    /// <summary>The WebSocket close code with which the server ended the connection
    /// (<see cref="Contracts.Errors.CloseReason"/>), or null when there was none.</summary>
    public int? CloseCode { get; }
}
