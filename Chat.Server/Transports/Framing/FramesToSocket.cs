using System.Buffers.Binary;
using System.Net.WebSockets;

namespace Chat.Server.Transports.Framing;

/// <summary>For web servers that show no stream behind a WebSocket, ASP.NET's TestServer for one: takes ready frames
/// apart and has the socket send what is in them.</summary>
/// <remarks>One writer at a time, who writes whole frames, of which a call may bring a part.</remarks>
internal sealed class FramesToSocket(WebSocket socket) : Stream
{
    private const int OpcodeBits = 0x0f, TextOpcode = 1, BinaryOpcode = 2, LengthBits = 0x7f;

    private readonly byte[] _header = new byte[10];
    private int _headerLength; // as much of it as has come
    private long _left; // of the frame's payload
    private bool _isInside; // its header has come, and not all of its payload

    /// <summary>True once a close frame went out, or the socket has ended.</summary>
    public bool IsClosed => socket.State is not (WebSocketState.Open or WebSocketState.CloseReceived);

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get =>
        throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <exception cref="IOException">The socket was closed.</exception>
    public override async ValueTask WriteAsync(
        ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (_isInside || TryBegin(ref buffer))
        {
            var now = (int)Math.Min(_left, buffer.Length);
            if (now < _left && now == 0) return; // the rest comes with the next call
            _left -= now;
            _isInside = _left > 0;
            if (IsClosed) throw new IOException("the socket is closed");
            if (TypeOf(_header[0]) is { } type)
                await socket.SendAsync(buffer[..now], type, !_isInside, cancellationToken);
            buffer = buffer[now..];
        }
    }

    /// <summary>There is nothing to read off: the server does that.</summary>
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(0);

    public override void Flush() { }

    public override int Read(byte[] buffer, int offset, int count) => 0;

    public override void Write(byte[] buffer, int offset, int count) =>
        throw new NotSupportedException("only asynchronous writes");

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    /// <summary>Reads a frame's header (RFC 6455, 5.2). Frames of ours are whole messages and have no mask.</summary>
    /// <returns>False: not all of it has come.</returns>
    private bool TryBegin(ref ReadOnlyMemory<byte> buffer)
    {
        while (_headerLength < HeaderLength())
        {
            if (buffer.IsEmpty) return false;
            _header[_headerLength++] = buffer.Span[0];
            buffer = buffer[1..];
        }
        _left = (_header[1] & LengthBits) switch
        {
            126 => BinaryPrimitives.ReadUInt16BigEndian(_header.AsSpan(2)),
            127 => (long)BinaryPrimitives.ReadUInt64BigEndian(_header.AsSpan(2)),
            var length => length,
        };
        (_headerLength, _isInside) = (0, true);
        return true;
    }

    private int HeaderLength() => _headerLength < 2
        ? 2
        : (_header[1] & LengthBits) switch { 126 => 4, 127 => 10, _ => 2 };

    /// <summary>Null: a control frame, which the server sends by itself.</summary>
    private static WebSocketMessageType? TypeOf(byte first) => (first & OpcodeBits) switch
    {
        TextOpcode => WebSocketMessageType.Text,
        BinaryOpcode => WebSocketMessageType.Binary,
        _ => null,
    };
}
