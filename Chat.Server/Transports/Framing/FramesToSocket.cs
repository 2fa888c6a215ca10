using System.Net.WebSockets;

namespace Chat.Server.Transports.Framing;

/// <summary>For web servers that show no stream behind a WebSocket, ASP.NET's TestServer for one: takes ready frames
/// apart and has the socket send what is in them.</summary>
/// <remarks>One writer at a time, who writes whole frames, of which a call may bring a part.</remarks>
internal sealed class FramesToSocket(WebSocket socket) : AsyncStream
{
    private FrameHead _head; // of the frame that comes; frames of ours are whole messages and have no mask
    private long _left; // of its payload

    /// <summary>True once a close frame went out, or the socket has ended.</summary>
    public bool IsClosed => socket.State is not (WebSocketState.Open or WebSocketState.CloseReceived);

    public override bool CanRead => true;

    /// <exception cref="IOException">The socket was closed.</exception>
    public override async ValueTask WriteAsync(
        ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (_head.IsWhole || TryBegin(ref buffer))
        {
            var now = (int)Math.Min(_left, buffer.Length);
            if (now < _left && now == 0) return; // the rest comes with the next call
            _left -= now;
            var (type, isLast) = (TypeOf(_head.Opcode), _left == 0);
            if (isLast) _head = default;
            if (IsClosed) throw new IOException("the socket is closed");
            if (type is { } known) await socket.SendAsync(buffer[..now], known, isLast, cancellationToken);
            buffer = buffer[now..];
        }
    }

    /// <summary>There is nothing to read off: the server does that.</summary>
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(0);

    /// <returns>False: not all of the head has come.</returns>
    private bool TryBegin(ref ReadOnlyMemory<byte> buffer)
    {
        buffer = buffer[_head.Take(buffer.Span)..];
        if (!_head.IsWhole) return false;
        _left = _head.Length;
        return true;
    }

    /// <summary>Null: a control frame, which the server sends by itself.</summary>
    private static WebSocketMessageType? TypeOf(int opcode) => opcode switch
    {
        FrameHead.Text => WebSocketMessageType.Text,
        FrameHead.Binary => WebSocketMessageType.Binary,
        _ => null,
    };
}
