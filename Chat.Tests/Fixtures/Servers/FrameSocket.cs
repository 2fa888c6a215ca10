using System.Buffers.Binary;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace Chat.Tests.Fixtures.Servers;

/// <summary>A WebSocket made of single frames, for what no library does: it answers no Ping, and takes nothing that is
/// not asked for.</summary>
internal sealed class FrameSocket : IDisposable
{
    public const int Text = 1, Close = 8, Ping = 9;

    private const int Final = 0x80, Masked = 0x80, TwoBytes = 126, EightBytes = 127;

    private readonly TcpClient _client;
    private readonly NetworkStream _stream;

    private FrameSocket(TcpClient client) => (_client, _stream) = (client, client.GetStream());

    /// <summary>The head of the answer to the handshake.</summary>
    public string Head { get; private set; } = "";

    /// <param name="server">Where to.</param>
    /// <param name="path">With its query.</param>
    /// <param name="version">Of the protocol; null: none is given.</param>
    public static async Task<FrameSocket> ConnectAsync(Uri server, string path, string? version = "13")
    {
        var client = new TcpClient { ReceiveBufferSize = 4_096 };
        using var bound = new CancellationTokenSource(Bounds.Wait);
        await client.ConnectAsync(server.Host, server.Port, bound.Token);
        var socket = new FrameSocket(client);
        var key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(16));
        var wanted = version is null ? "" : $"Sec-WebSocket-Version: {version}\r\n";
        await socket._stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"GET {path} HTTP/1.1\r\nHost: {server.Authority}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + $"{wanted}Sec-WebSocket-Key: {key}\r\n\r\n"), bound.Token);
        while (!socket.Head.EndsWith("\r\n\r\n", StringComparison.Ordinal))
            socket.Head += (char)(await socket.ReadAsync(1, bound.Token))[0];
        return socket;
    }

    public async Task SendAsync(string text)
    {
        using var bound = new CancellationTokenSource(Bounds.Wait);
        var payload = Encoding.UTF8.GetBytes(text);
        byte[] head = payload.Length < TwoBytes
            ? [Final | Text, (byte)(Masked | payload.Length)]
            : [Final | Text, Masked | TwoBytes, (byte)(payload.Length >> 8), (byte)payload.Length];
        await _stream.WriteAsync((byte[])[.. head, 0, 0, 0, 0, .. payload], bound.Token); // masked with zeros
    }

    /// <summary>The next frame; null when the connection ended.</summary>
    public async Task<(int Opcode, string Payload)?> NextAsync()
    {
        using var bound = new CancellationTokenSource(Bounds.Wait);
        try
        {
            var head = await ReadAsync(2, bound.Token);
            var length = head[1] switch
            {
                TwoBytes => BinaryPrimitives.ReadUInt16BigEndian(await ReadAsync(2, bound.Token)),
                EightBytes => (int)BinaryPrimitives.ReadInt64BigEndian(await ReadAsync(8, bound.Token)),
                var few => few,
            };
            return (head[0] & 0xf, Encoding.UTF8.GetString(await ReadAsync(length, bound.Token)));
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>Waits for a frame that contains a text, passing over others.</summary>
    public async Task UntilAsync(string text)
    {
        while (true)
            if ((await NextAsync() ?? throw new IOException("the socket ended")) is var frame
                && frame.Payload.Contains(text, StringComparison.Ordinal)) return;
    }

    public void Dispose() => _client.Dispose();

    private async Task<byte[]> ReadAsync(int length, CancellationToken ct)
    {
        var bytes = new byte[length];
        await _stream.ReadExactlyAsync(bytes, ct);
        return bytes;
    }
}
