using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using Chat.Contracts.Identifiers;

namespace Chat.Tests.Fixtures.Servers;

/// <summary>A raw socket as any WebSocket library offers it: text in, text out, and how it ended.</summary>
internal sealed class RawClient : IAsyncDisposable
{
    private readonly ClientWebSocket _socket = new();
    private readonly Channel<string> _frames = Channel.CreateUnbounded<string>();
    private Task _pump = Task.CompletedTask;
    private int _closes;

    private RawClient() { }

    /// <summary>Ends with the close code when the socket ends; null when it ended without one.</summary>
    public Task<int?> Ended { get; private set; } = Task.FromResult<int?>(null);

    public static async Task<RawClient> ConnectAsync(Uri server, string query)
    {
        var client = await OpenAsync(server, query);
        await client.UntilAsync("connected");
        return client;
    }

    /// <summary>Connects without waiting for the first frame.</summary>
    public static async Task<RawClient> OpenAsync(
        Uri server, string query, string path = "/api/v1/chat/ws", string? token = null,
        (string Name, string Value)? header = null)
    {
        var client = new RawClient();
        if (header is var (name, value)) client._socket.Options.SetRequestHeader(name, value);
        if (token is not null) client._socket.Options.SetRequestHeader("Authorization", $"Bearer {token}");
        using var bound = new CancellationTokenSource(Bounds.Wait);
        await client._socket.ConnectAsync(new Uri($"ws://{server.Authority}{path}?{query}"), bound.Token);
        var pump = client.PumpAsync();
        client._pump = pump;
        client.Ended = pump;
        return client;
    }

    public Task SendAsync(string json) => SendAsync(Encoding.UTF8.GetBytes(json));

    public async Task SendAsync(ReadOnlyMemory<byte> text)
    {
        using var bound = new CancellationTokenSource(Bounds.Wait);
        await _socket.SendAsync(text, WebSocketMessageType.Text, WebSocketMessageFlags.EndOfMessage, bound.Token);
    }

    public Task SendAsync(object frame) => SendAsync(JsonSerializer.Serialize(frame));

    public async Task<JsonElement> JoinAsync(ConversationId conversation, long? after = null)
    {
        await SendAsync(after is { } seq
            ? new { type = "join", conversation_id = conversation.ToString(), after_seq = seq }
            : (object)new { type = "join", conversation_id = conversation.ToString() });
        return await UntilAsync("joined", conversation);
    }

    public Task MessageAsync(ConversationId conversation, string body, string? dedupeKey = null) =>
        SendAsync(new { type = "message", conversation_id = conversation.ToString(), body, dedupe_key = dedupeKey });

    /// <summary>The text of the next frame.</summary>
    public async Task<string> NextTextAsync()
    {
        using var bound = new CancellationTokenSource(Bounds.Wait);
        return await _frames.Reader.ReadAsync(bound.Token);
    }

    public async Task<JsonElement> NextAsync() => JsonDocument.Parse(await NextTextAsync()).RootElement;

    /// <summary>The next frame of a type, passing over others; an error frame in between fails, unless that is what is
    /// waited for.</summary>
    public async Task<JsonElement> UntilAsync(string type, ConversationId? conversation = null)
    {
        while (true)
        {
            var frame = await NextAsync();
            var found = frame.GetProperty("type").GetString();
            if (found == type
                && (conversation is null
                    || frame.GetProperty("conversation_id").GetString() == conversation.ToString())) return frame;
            if (found == "error") throw new InvalidOperationException($"waiting for {type}: {frame}");
        }
    }

    /// <summary>The next error frame, passing over all else.</summary>
    public async Task<JsonElement> UntilErrorAsync()
    {
        while (true)
            if (await NextAsync() is var frame && frame.GetProperty("type").GetString() == "error") return frame;
    }

    public bool TryNext(out string frame) => _frames.Reader.TryRead(out frame!);

    /// <summary>Answers a close of the server, or closes.</summary>
    public async Task CloseAsync()
    {
        await SendCloseAsync();
        await _pump.WaitAsync(Bounds.Wait);
    }

    /// <summary>Ends without a word, as a lost network does.</summary>
    public void Cut() => _socket.Abort();

    public async ValueTask DisposeAsync()
    {
        _socket.Abort();
        await _pump.WaitAsync(Bounds.Wait);
        _socket.Dispose();
    }

    /// <summary>Once, whether the test closes or the server, or both at the same moment.</summary>
    private async Task SendCloseAsync()
    {
        if (_socket.State is not (WebSocketState.Open or WebSocketState.CloseReceived)
            || Interlocked.Exchange(ref _closes, 1) == 1) return;
        using var bound = new CancellationTokenSource(Bounds.Wait);
        await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, "", bound.Token);
    }

    private async Task<int?> PumpAsync()
    {
        var buffer = new byte[256 * 1024];
        try
        {
            while (true)
            {
                var length = 0;
                ValueWebSocketReceiveResult part;
                do
                {
                    part = await _socket.ReceiveAsync(buffer.AsMemory(length), CancellationToken.None);
                    length += part.Count;
                }
                while (!part.EndOfMessage);
                if (part.MessageType == WebSocketMessageType.Close)
                {
                    await SendCloseAsync();
                    return (int?)_socket.CloseStatus;
                }
                _frames.Writer.TryWrite(Encoding.UTF8.GetString(buffer, 0, length));
            }
        }
        catch (Exception e) when (e is WebSocketException or ObjectDisposedException or OperationCanceledException)
        {
            return (int?)_socket.CloseStatus;
        }
        finally
        {
            _frames.Writer.TryComplete();
        }
    }
}
