using System.Buffers;
using System.Net.WebSockets;

namespace Chat.ClientSdk.Connection;

/// <summary>A WebSocket that passes on an incoming message only when it is complete.</summary>
/// <remarks>When the socket is lost in the middle of a message, the server sends the whole message again on the next
/// socket. SignalR keeps the first half in its pipe, and the connection then fails on it.</remarks>
internal sealed class WholeMessageSocket(WebSocket inner) : WebSocket
{
    private const int ReceiveBytes = 4 * 1024;
    private const int KeptBytes = 64 * 1024;
    private ArrayBufferWriter<byte> _message = new(ReceiveBytes);
    private WebSocketMessageType _type;
    private int _shown;
    private bool _complete;

    public override WebSocketCloseStatus? CloseStatus => inner.CloseStatus;

    public override string? CloseStatusDescription => inner.CloseStatusDescription;

    public override WebSocketState State => inner.State;

    public override string? SubProtocol => inner.SubProtocol;

    public override void Abort() => inner.Abort();

    public override Task CloseAsync(
        WebSocketCloseStatus closeStatus, string? statusDescription, CancellationToken cancellationToken) =>
        inner.CloseAsync(closeStatus, statusDescription, cancellationToken);

    public override Task CloseOutputAsync(
        WebSocketCloseStatus closeStatus, string? statusDescription, CancellationToken cancellationToken) =>
        inner.CloseOutputAsync(closeStatus, statusDescription, cancellationToken);

    public override void Dispose() => inner.Dispose();

    public override Task SendAsync(
        ArraySegment<byte> buffer, WebSocketMessageType messageType, bool endOfMessage,
        CancellationToken cancellationToken) =>
        inner.SendAsync(buffer, messageType, endOfMessage, cancellationToken);

    public override ValueTask SendAsync(
        ReadOnlyMemory<byte> buffer, WebSocketMessageType messageType, bool endOfMessage,
        CancellationToken cancellationToken) =>
        inner.SendAsync(buffer, messageType, endOfMessage, cancellationToken);

    public override async Task<WebSocketReceiveResult> ReceiveAsync(
        ArraySegment<byte> buffer, CancellationToken cancellationToken)
    {
        var result = await ReceiveAsync(buffer.AsMemory(), cancellationToken).ConfigureAwait(false);
        return new WebSocketReceiveResult(result.Count, result.MessageType, result.EndOfMessage, CloseStatus,
            CloseStatusDescription);
    }

    public override async ValueTask<ValueWebSocketReceiveResult> ReceiveAsync(
        Memory<byte> buffer, CancellationToken cancellationToken)
    {
        while (!_complete)
        {
            // First without a buffer, so that an idle connection holds none.
            var result = await inner.ReceiveAsync(Memory<byte>.Empty, cancellationToken).ConfigureAwait(false);
            if (result.MessageType != WebSocketMessageType.Close)
                result = await inner.ReceiveAsync(_message.GetMemory(ReceiveBytes), cancellationToken)
                    .ConfigureAwait(false);
            if (result.MessageType == WebSocketMessageType.Close) return result;
            _message.Advance(result.Count);
            (_type, _complete) = (result.MessageType, result.EndOfMessage);
        }
        return Show(buffer);
    }

    private ValueWebSocketReceiveResult Show(Memory<byte> buffer)
    {
        var rest = _message.WrittenMemory[_shown..];
        var part = rest[..Math.Min(rest.Length, buffer.Length)];
        part.CopyTo(buffer);
        _shown += part.Length;
        // A receive without a buffer only waits for data.
        var done = part.Length == rest.Length && (buffer.Length > 0 || rest.Length == 0);
        if (done)
        {
            if (_message.Capacity > KeptBytes) _message = new ArrayBufferWriter<byte>(ReceiveBytes);
            else _message.ResetWrittenCount();
            (_shown, _complete) = (0, false);
        }
        return new ValueWebSocketReceiveResult(part.Length, _type, done);
    }
}
