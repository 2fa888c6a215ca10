using System.Buffers;
using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Chat.Benchmarks.Load.Clients;

/// <summary>Just enough WebSocket for a load: it takes no buffer while nothing comes, and hands frames out without
/// copying them.</summary>
/// <remarks>Client frames are masked with zeros, which RFC 6455 allows and which costs nothing.</remarks>
internal sealed class FrameSocket : IAsyncDisposable
{
    private const int MaxHeader = 14;

    /// <summary>Connections from one source address: it has fewer than 28,000 ports for them.</summary>
    private const int FromOneAddress = 20_000;

    private static long s_received;
    private static int s_connected;

    private readonly SemaphoreSlim _writing = new(1);
    private readonly Socket _socket;
    private byte[] _buffer = [];
    private int _filled;
    private volatile TaskCompletionSource? _stalled;
    private volatile bool _disposed;
    private Task _receiving = Task.CompletedTask;

    private FrameSocket(Socket socket) => _socket = socket;

    /// <summary>Bytes received by all sockets of this process, frame headers included.</summary>
    public static long BytesReceived => Interlocked.Read(ref s_received);

    /// <summary>Takes the payload of a data frame, or of a part of one.</summary>
    public delegate void DataTaken(ReadOnlySpan<byte> payload);

    public static async Task<FrameSocket> ConnectAsync(
        Uri server, string pathAndQuery, int receiveBuffer, CancellationToken ct)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        if (receiveBuffer > 0) socket.ReceiveBufferSize = receiveBuffer; // before connecting: it decides the window
        var host = server.Host == "localhost" ? IPAddress.Loopback : IPAddress.Parse(server.DnsSafeHost);
        var frames = new FrameSocket(socket);
        try
        {
            var from = (Interlocked.Increment(ref s_connected) - 1) / FromOneAddress;
            if (from > 0 && host.Equals(IPAddress.Loopback))
                socket.Bind(new IPEndPoint(new IPAddress([127, 0, 0, (byte)(1 + from % 250)]), 0));
            await socket.ConnectAsync(host, server.Port, ct);
            await frames.UpgradeAsync(server, pathAndQuery, ct);
            return frames;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Hands out data frames until the connection ends; then the text says how, unless it was disposed
    /// here.</summary>
    public void Start(DataTaken onData, Action<string> onEnd) =>
        _receiving = Task.Run(() => ReceiveAllAsync(onData, onEnd));

    public void Stall() => _stalled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Resume()
    {
        var stalled = _stalled;
        _stalled = null;
        stalled?.TrySetResult();
    }

    public ValueTask SendTextAsync(ReadOnlyMemory<byte> payload, CancellationToken ct) => SendAsync(0x81, payload, ct);

    public ValueTask SendBinaryAsync(ReadOnlyMemory<byte> payload, CancellationToken ct) =>
        SendAsync(0x82, payload, ct);

    public async ValueTask DisposeAsync()
    {
        _disposed = true;
        Resume();
        _socket.Dispose();
        await _receiving;
        _writing.Dispose();
    }

    private async Task UpgradeAsync(Uri server, string pathAndQuery, CancellationToken ct)
    {
        var request = $"GET {pathAndQuery} HTTP/1.1\r\nHost: {server.Authority}\r\nConnection: Upgrade\r\nUpgrade: "
            + $"websocket\r\n"
            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
        await _socket.SendAsync(Encoding.ASCII.GetBytes(request), ct);
        _buffer = ArrayPool<byte>.Shared.Rent(4_096);
        int end;
        while ((end = _buffer.AsSpan(0, _filled).IndexOf("\r\n\r\n"u8)) < 0)
        {
            var read = _filled < _buffer.Length ? await _socket.ReceiveAsync(_buffer.AsMemory(_filled), ct) : 0;
            if (read == 0) throw new IOException("the server ended the connection instead of upgrading it");
            _filled += read;
        }
        if (!_buffer.AsSpan(0, _filled).StartsWith("HTTP/1.1 101 "u8))
            throw new IOException(
                $"the server refused the socket: {Encoding.UTF8.GetString(_buffer, 0, _filled).Replace("\r\n", " ")}");
        Consume(end + 4);
    }

    private async Task ReceiveAllAsync(DataTaken onData, Action<string> onEnd)
    {
        string how;
        try
        {
            do
            {
                how = await TakeFramesAsync(onData) ?? "";
                if (_stalled is { } stalled) await stalled.Task;
            }
            while (how.Length == 0 && await ReceiveAsync());
            if (how.Length == 0) how = "the server ended the connection without a close frame";
        }
        catch (Exception e) when (e is SocketException or IOException or ObjectDisposedException)
        {
            how = e.Message;
        }
        if (_buffer.Length > 0) ArrayPool<byte>.Shared.Return(_buffer);
        if (!_disposed) onEnd(how);
    }

    private async ValueTask<bool> ReceiveAsync()
    {
        if (_filled == 0)
        {
            if (_buffer.Length > 0) ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = [];
            // nothing is held while a connection idles: there may be 19,000
            await _socket.ReceiveAsync(Memory<byte>.Empty);
            _buffer = ArrayPool<byte>.Shared.Rent(32 * 1024);
        }
        else if (_filled == _buffer.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
            _buffer.AsSpan(0, _filled).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }
        var read = await _socket.ReceiveAsync(_buffer.AsMemory(_filled));
        _filled += read;
        Interlocked.Add(ref s_received, read);
        return read > 0;
    }

    /// <returns>How the connection was closed; null while it was not.</returns>
    private async ValueTask<string?> TakeFramesAsync(DataTaken onData)
    {
        var offset = 0;
        string? closed = null;
        while (closed is null
            && TryReadHeader(_buffer.AsSpan(offset, _filled - offset), out var header, out var length))
        {
            var payload = _buffer.AsMemory(offset + header, length);
            switch (_buffer[offset] & 0x0f)
            {
                case 8:
                    closed = length < 2
                        ? "closed"
                        : $"closed with {BinaryPrimitives.ReadUInt16BigEndian(payload.Span)} "
                            + $"{Encoding.UTF8.GetString(payload.Span[2..])}";
                    break;
                case 9:
                    await SendAsync(0x8a, payload, CancellationToken.None);
                    break;
                case 0 or 1 or 2:
                    onData(payload.Span);
                    break;
            }
            offset += header + length;
        }
        Consume(offset);
        return closed;
    }

    private static bool TryReadHeader(ReadOnlySpan<byte> bytes, out int header, out int length)
    {
        header = 2;
        length = 0;
        if (bytes.Length < 2) return false;
        var size = bytes[1] & 0x7f;
        header = size switch { 126 => 4, 127 => 10, _ => 2 };
        if (bytes.Length < header) return false;
        length = size switch
        {
            126 => BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]),
            127 => checked((int)BinaryPrimitives.ReadUInt64BigEndian(bytes[2..])),
            _ => size,
        };
        return bytes.Length >= header + length;
    }

    private void Consume(int count)
    {
        _filled -= count;
        if (_filled > 0 && count > 0) _buffer.AsSpan(count, _filled).CopyTo(_buffer);
    }

    private async ValueTask SendAsync(byte opcode, ReadOnlyMemory<byte> payload, CancellationToken ct)
    {
        var frame = ArrayPool<byte>.Shared.Rent(MaxHeader + payload.Length);
        var length = WriteFrame(frame, opcode, payload.Span);
        await _writing.WaitAsync(ct);
        try
        {
            for (var sent = 0; sent < length;) sent += await _socket.SendAsync(frame.AsMemory(sent, length - sent), ct);
        }
        finally
        {
            _writing.Release();
            ArrayPool<byte>.Shared.Return(frame);
        }
    }

    private static int WriteFrame(Span<byte> frame, byte opcode, ReadOnlySpan<byte> payload)
    {
        frame[0] = opcode;
        var header = payload.Length < 126 ? 2 : payload.Length <= ushort.MaxValue ? 4 : 10;
        frame[1] = (byte)(0x80 | (header == 2 ? payload.Length : header == 4 ? 126 : 127));
        if (header == 4) BinaryPrimitives.WriteUInt16BigEndian(frame[2..], (ushort)payload.Length);
        else if (header == 10) BinaryPrimitives.WriteUInt64BigEndian(frame[2..], (ulong)payload.Length);
        frame.Slice(header, 4).Clear();
        payload.CopyTo(frame[(header + 4)..]);
        return header + 4 + payload.Length;
    }
}
