using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Chat.Benchmarks.Floods;

/// <summary>One TCP connection to the server, from an address of its own kind: so that what is allowed to one address
/// is not shared by all floods.</summary>
internal sealed class FloodLine : IDisposable
{
    private readonly Socket _socket;
    private readonly byte[] _buffer = new byte[64 * 1024];

    private FloodLine(Socket socket) => _socket = socket;

    /// <summary>Connects without sending anything.</summary>
    /// <param name="server">Where to.</param>
    /// <param name="from">A loopback address.</param>
    /// <param name="receiveBuffer">Bytes of the socket's own buffer; 0: the system's default.</param>
    /// <param name="ct">Ends the run.</param>
    public static async Task<FloodLine> ConnectAsync(Uri server, IPAddress from, int receiveBuffer,
        CancellationToken ct)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            if (receiveBuffer > 0) socket.ReceiveBufferSize = receiveBuffer; // before connecting: it decides the window
            socket.Bind(new IPEndPoint(from, 0));
            await socket.ConnectAsync(IPAddress.Parse(server.Host), server.Port, ct);
            return new FloodLine(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>The same, and upgraded to a WebSocket.</summary>
    /// <exception cref="IOException">It was refused.</exception>
    public static async Task<FloodLine> UpgradeAsync(Uri server, IPAddress from, string path, int receiveBuffer,
        CancellationToken ct)
    {
        var line = await ConnectAsync(server, from, receiveBuffer, ct);
        try
        {
            await line.SendBytesAsync(Encoding.ASCII.GetBytes(
                $"GET {path} HTTP/1.1\r\nHost: {server.Authority}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"), ct);
            var head = await line.ReadHeadAsync(ct);
            if (!head.StartsWith("HTTP/1.1 101 ", StringComparison.Ordinal)) throw new IOException(head.Split('\r')[0]);
            return line;
        }
        catch
        {
            line.Dispose();
            throw;
        }
    }

    public async Task SendBytesAsync(ReadOnlyMemory<byte> bytes, CancellationToken ct)
    {
        while (bytes.Length > 0) bytes = bytes[await _socket.SendAsync(bytes, ct)..];
    }

    /// <summary>Sends one text frame, or a fragment that more is to follow.</summary>
    public Task SendTextAsync(string text, CancellationToken ct, bool isWhole = true)
    {
        var payload = Encoding.UTF8.GetBytes(text);
        var frame = new byte[payload.Length + 14];
        frame[0] = (byte)(isWhole ? 0x81 : 0x01);
        var at = 2;
        if (payload.Length < 126) frame[1] = (byte)(0x80 | payload.Length);
        else if (payload.Length <= ushort.MaxValue)
        {
            frame[1] = 0x80 | 126;
            BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(2), (ushort)payload.Length);
            at = 4;
        }
        else
        {
            frame[1] = 0x80 | 127;
            BinaryPrimitives.WriteUInt64BigEndian(frame.AsSpan(2), (ulong)payload.Length);
            at = 10;
        }
        at += 4; // masked with zeros
        payload.CopyTo(frame, at);
        return SendBytesAsync(frame.AsMemory(0, at + payload.Length), ct);
    }

    /// <summary>Received bytes; empty at the end of the connection. Valid until the next call.</summary>
    public async ValueTask<ReadOnlyMemory<byte>> ReadAsync(CancellationToken ct, int most = int.MaxValue) =>
        _buffer.AsMemory(0, await _socket.ReceiveAsync(_buffer.AsMemory(0, Math.Min(most, _buffer.Length)), ct));

    /// <summary>Reads until these bytes were received.</summary>
    /// <exception cref="IOException">The server ended the connection before.</exception>
    public async Task UntilAsync(string text, CancellationToken ct)
    {
        var seen = "";
        while (!seen.Contains(text, StringComparison.Ordinal))
        {
            var part = await ReadAsync(ct);
            if (part.Length == 0) throw new IOException("the server ended the connection");
            seen = seen[Math.Max(0, seen.Length - text.Length)..] + Encoding.Latin1.GetString(part.Span);
        }
    }

    /// <summary>Reads and discards data until the connection ends.</summary>
    public async Task DrainAsync(CancellationToken ct)
    {
        while ((await ReadAsync(ct)).Length > 0) { }
    }

    public void Dispose() => _socket.Dispose();

    private async Task<string> ReadHeadAsync(CancellationToken ct)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await _socket.ReceiveAsync(one, ct) == 0) throw new IOException("the server ended the connection");
            head.Append((char)one[0]);
        }
        return head.ToString();
    }
}
