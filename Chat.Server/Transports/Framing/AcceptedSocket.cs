using System.Net.WebSockets;

namespace Chat.Server.Transports.Framing;

/// <summary>A WebSocket of the framework's.</summary>
internal sealed class AcceptedSocket(WebSocket socket) : IMessageSocket
{
    public WebSocketState State => socket.State;

    public ValueTask<ValueWebSocketReceiveResult> ReceiveAsync(Memory<byte> buffer, CancellationToken ct) =>
        socket.ReceiveAsync(buffer, ct);

    public Task CloseOutputAsync(WebSocketCloseStatus status, string text) =>
        socket.CloseOutputAsync(status, text, CancellationToken.None);

    public void Dispose() => socket.Dispose();
}
