using System.Text;
using System.Text.Json;

namespace Chat.Tests.Fixtures.Servers;

/// <summary>Speaks SignalR's JSON hub protocol by hand, to send what no library would and to see the very
/// bytes.</summary>
internal sealed class HubTextClient : IHubCaller
{
    private const char End = '\u001e';

    private readonly RawClient _socket;
    private readonly Queue<string> _texts = new();
    private readonly Queue<string> _pushed = new();
    private int _invocations;

    private HubTextClient(RawClient socket) => _socket = socket;

    public Task<int?> Ended => _socket.Ended;

    public static async Task<HubTextClient> ConnectAsync(Uri server, string user, string? token = null)
    {
        var client = new HubTextClient(
            await RawClient.OpenAsync(server, $"user_id={Uri.EscapeDataString(user)}", "/hubs/chat", token));
        await client._socket.SendAsync("{\"protocol\":\"json\",\"version\":1}" + End);
        if (await client.NextTextAsync() is not "{}" and var refused) throw new InvalidOperationException(refused);
        return client;
    }

    public Task SendAsync(ReadOnlyMemory<byte> text) => _socket.SendAsync(text);

    /// <summary>Calls a method with arguments given as JSON texts; returns the completion.</summary>
    public async Task<JsonElement> InvokeAsync(string method, string arguments)
    {
        var id = $"{++_invocations}";
        await _socket.SendAsync(
            Encoding.UTF8.GetBytes(
                $$"""{"type":1,"invocationId":"{{id}}","target":"{{method}}","arguments":[{{arguments}}]}""" + End));
        while (true)
        {
            var text = await ReadTextAsync();
            var message = JsonDocument.Parse(text).RootElement;
            if (message.GetProperty("type").GetInt32() == 3 && message.GetProperty("invocationId").GetString() == id)
                return message;
            _pushed.Enqueue(text); // what is pushed may come before the answer
        }
    }

    /// <summary>The next hub message as it came, without its separator; pings are passed over.</summary>
    public async Task<string> NextTextAsync() =>
        _pushed.TryDequeue(out var pushed) ? pushed : await ReadTextAsync().WaitAsync(Bounds.Wait);

    private async Task<string> ReadTextAsync()
    {
        while (true)
        {
            while (_texts.Count == 0)
                foreach (var text in (await _socket.NextTextAsync()).Split(End, StringSplitOptions.RemoveEmptyEntries))
                    _texts.Enqueue(text);
            var next = _texts.Dequeue();
            if (next != "{\"type\":6}") return next;
        }
    }

    public ValueTask DisposeAsync() => _socket.DisposeAsync();
}
