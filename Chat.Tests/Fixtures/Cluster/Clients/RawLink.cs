using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Chat.Contracts.Errors;

namespace Chat.Tests.Fixtures.Cluster.Clients;

/// <summary>A raw socket that somebody else gives up when it takes too long.</summary>
internal sealed class RawLink : IDisposable
{
    private readonly ClientWebSocket _socket = new();
    private byte[] _buffer = new byte[16 * 1024];

    private RawLink() { }

    /// <summary>Ends with the frame that says it is connected.</summary>
    public static async Task<RawLink> ConnectAsync(
        ClientContext context, Uri instance, string user, string features, CancellationToken ct)
    {
        var link = new RawLink();
        try
        {
            using var patience = context.PatienceOf(ct);
            await link._socket.ConnectAsync(
                new Uri(
                    $"ws://{instance.Authority}/api/v1/chat/ws?user_id={user}{(features.Length > 0
                        ? $"&features={features}"
                        : "")}"), patience.Token);
            await link.ReceiveAsync(patience.Token);
            return link;
        }
        catch
        {
            link.Dispose();
            throw;
        }
    }

    public async Task SendAsync(object frame, CancellationToken ct) =>
        await _socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(frame).AsMemory(), WebSocketMessageType.Text,
            WebSocketMessageFlags.EndOfMessage, ct);

    public Task JoinAsync(Guid conversation, long? after, CancellationToken ct) => SendAsync(
        after is null ? new { type = "join", conversation_id = conversation.ToString() }
            : (object)new { type = "join", conversation_id = conversation.ToString(), after_seq = after }, ct);

    /// <summary>The next frame. It is overwritten by the one after it.</summary>
    public async ValueTask<RawFrame> ReceiveAsync(CancellationToken ct)
    {
        var length = 0;
        while (true)
        {
            if (length == _buffer.Length) Array.Resize(ref _buffer, 2 * length);
            var part = await _socket.ReceiveAsync(_buffer.AsMemory(length), ct);
            if (part.MessageType == WebSocketMessageType.Close)
                throw new LostException($"closed with {_socket.CloseStatus}");
            length += part.Count;
            if (part.EndOfMessage) return new RawFrame(_buffer.AsMemory(0, length));
        }
    }

    public void Dispose() => _socket.Dispose();
}

/// <summary>One frame, parsed when it matters.</summary>
internal readonly record struct RawFrame(ReadOnlyMemory<byte> Text)
{
    public string Type
    {
        get
        {
            var start = Text.Span["{\"type\":\"".Length..];
            return Encoding.ASCII.GetString(start[..start.IndexOf((byte)'"')]);
        }
    }

    public JsonDocument Parse() => JsonDocument.Parse(Text);

    /// <summary>Of an error frame.</summary>
    public (ChatErrorCode Code, string Text) Error()
    {
        using var document = Parse();
        return (ChatErrorCodes.FromWire(document.RootElement.GetProperty("code").GetString()!),
            document.RootElement.GetProperty("error").GetString()!);
    }
}
