using System.Buffers;
using System.Net.Sockets;
using System.Net.WebSockets;

namespace Chat.Tests.Integration.Membership;

/// <summary>A WebSocket that is read when it is asked to, through a small buffer: while nobody asks, the server's
/// writes soon stay pending.</summary>
internal sealed class SlowSocket : IAsyncDisposable
{
    private readonly ClientWebSocket _socket = new();
    private readonly SemaphoreSlim _sending = new(1);

    private SlowSocket() { }

    public static async Task<SlowSocket> ConnectAsync(Uri server, string path)
    {
        var client = new SlowSocket();
        using var bound = new CancellationTokenSource(Bounds.Wait);
        using var handler = new SocketsHttpHandler { ConnectCallback = ConnectAsync };
        using var invoker = new HttpMessageInvoker(handler, disposeHandler: false);
        await client._socket.ConnectAsync(new Uri($"ws://{server.Authority}{path}"), invoker, bound.Token);
        return client;
    }

    public async Task SendAsync(ReadOnlyMemory<byte> message, WebSocketMessageType type)
    {
        using var bound = new CancellationTokenSource(Bounds.Wait);
        await _sending.WaitAsync(bound.Token);
        try
        {
            await _socket.SendAsync(message, type, WebSocketMessageFlags.EndOfMessage, bound.Token);
        }
        finally
        {
            _sending.Release();
        }
    }

    /// <summary>The next whole message.</summary>
    /// <exception cref="WebSocketException">The connection has ended.</exception>
    public async Task<ReadOnlyMemory<byte>> ReceiveAsync()
    {
        var message = new ArrayBufferWriter<byte>();
        while (true)
        {
            var part = await _socket.ReceiveAsync(message.GetMemory(4_096), CancellationToken.None);
            if (part.MessageType == WebSocketMessageType.Close) throw new WebSocketException("closed by the server");
            message.Advance(part.Count);
            if (part.EndOfMessage) return message.WrittenMemory;
        }
    }

    public ValueTask DisposeAsync()
    {
        _socket.Abort();
        _socket.Dispose();
        return default;
    }

    private static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken ct)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, ReceiveBufferSize = 8_192 };
        await socket.ConnectAsync(context.DnsEndPoint, ct);
        return new NetworkStream(socket, ownsSocket: true);
    }
}
