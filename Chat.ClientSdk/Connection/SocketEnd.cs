namespace Chat.ClientSdk.Connection;

/// <summary>Why a socket is over.</summary>
/// <param name="Meant">One side ended it on purpose; opening it again under the same id makes no sense.</param>
/// <param name="Error">What the application is told; null for a proper goodbye.</param>
internal readonly record struct SocketEnd(bool Meant, Exception? Error)
{
    public static SocketEnd Proper => new(true, null);

    public static SocketEnd Lost(Exception cause) => new(false, new ChatDisconnectedException("The connection was lost.", cause));

    public static SocketEnd ClosedByServer(int code, string? reason) => code == 1000
        ? Proper
        : new SocketEnd(true, new ChatDisconnectedException($"The server closed the connection with {code} {reason}".TrimEnd(), null, code));
}
