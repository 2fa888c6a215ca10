using System.Buffers;
using System.Net.WebSockets;
using System.Text.Json;
using MessagePack;

namespace Chat.Tests.Fixtures;

/// <summary>Speaks SignalR's MessagePack hub protocol by hand, to send what no library would and to see the
/// frames.</summary>
internal sealed class HubBinaryClient : IHubCaller
{
    private readonly ClientWebSocket _socket = new();
    private readonly Queue<byte[]> _messages = new();
    private int _invocations;

    private HubBinaryClient() { }

    public static async Task<HubBinaryClient> ConnectAsync(Uri server, string user)
    {
        var client = new HubBinaryClient();
        using var bound = new CancellationTokenSource(Bounds.Wait);
        await client._socket.ConnectAsync(
            new Uri($"ws://{server.Authority}/hubs/chat?user_id={Uri.EscapeDataString(user)}"), bound.Token);
        await client._socket.SendAsync(
            "{\"protocol\":\"messagepack\",\"version\":1}\u001e"u8.ToArray(), WebSocketMessageType.Text, true,
            bound.Token);
        var (_, answer) = await client.ReceiveAsync();
        Assert.Equal("{}\u001e"u8.ToArray(), answer);
        return client;
    }

    /// <summary>Sends a message as it is, its length not yet before it.</summary>
    public async Task SendAsync(ReadOnlyMemory<byte> message)
    {
        using var bound = new CancellationTokenSource(Bounds.Wait);
        await _socket.SendAsync(HubMessages.WithLength(message.Span), WebSocketMessageType.Binary, true, bound.Token);
    }

    public async Task<JsonElement> InvokeAsync(string method, string arguments)
    {
        var id = $"{++_invocations}";
        await SendAsync(HubMessages.Invocation(id, method, arguments));
        while (true)
        {
            var packed = await NextAsync();
            if (!HubMessages.IsCompletion(packed, id)) continue;
            var message = HubMessages.Read(packed);
            // [3, headers, id, what it is, the error or the result]
            return JsonSerializer.SerializeToElement(message[3].GetInt32() switch
            {
                1 => new Dictionary<string, JsonElement> { ["error"] = message[4] },
                2 => [],
                _ => new Dictionary<string, JsonElement> { ["result"] = message[4] },
            });
        }
    }

    /// <summary>The next message, without its length.</summary>
    /// <exception cref="WebSocketException">The connection has ended.</exception>
    public async Task<byte[]> NextAsync()
    {
        while (_messages.Count == 0)
        {
            var (type, payload) = await ReceiveAsync();
            if (type == WebSocketMessageType.Close) throw new WebSocketException("closed");
            Assert.Equal(WebSocketMessageType.Binary, type);
            foreach (var message in HubMessages.Split(payload))
                _messages.Enqueue(HubMessages.IsClose(message)
                    ? throw new WebSocketException("said goodbye")
                    : message);
        }
        return _messages.Dequeue();
    }

    public ValueTask DisposeAsync()
    {
        _socket.Abort();
        _socket.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<(WebSocketMessageType Type, byte[] Payload)> ReceiveAsync()
    {
        using var bound = new CancellationTokenSource(Bounds.Wait);
        var payload = new ArrayBufferWriter<byte>();
        while (true)
        {
            var part = await _socket.ReceiveAsync(payload.GetMemory(4_096), bound.Token);
            payload.Advance(part.Count);
            if (part.EndOfMessage) return (part.MessageType, payload.WrittenSpan.ToArray());
        }
    }
}
