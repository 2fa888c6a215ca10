using System.Net.WebSockets;

namespace Chat.Server.Transports.Framing;

/// <summary>One side of a WebSocket: messages come in, a close frame goes out. Frames of ours are written past it
/// (<see cref="SharedWriteStream"/>). Disposing it ends the writing.</summary>
internal interface IMessageSocket : IDisposable
{
    WebSocketState State { get; }

    /// <summary>Reads a part of a message. Without a buffer: waits until one begins.</summary>
    /// <exception cref="WebSocketException">The peer broke the protocol, which it was told, or is gone.</exception>
    /// <exception cref="OperationCanceledException">The connection has ended.</exception>
    ValueTask<ValueWebSocketReceiveResult> ReceiveAsync(Memory<byte> buffer, CancellationToken ct);

    /// <summary>Sends a close frame. May be called while a message is waited for.</summary>
    Task CloseOutputAsync(WebSocketCloseStatus status, string text);
}
