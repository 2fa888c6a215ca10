using System.Text.Json;
using Chat.Contracts.Identifiers;
using Chat.Tests.Fixtures;

namespace Chat.Tests.Specs.Transports;

/// <summary>A raw socket with sequences and receipts; replies to the last command are told apart from
/// messages.</summary>
internal sealed class RawTestClient : ITestClient
{
    private readonly RawClient _raw;
    private readonly Queue<Seen> _messages = new();

    private RawTestClient(RawClient raw, string user) => (_raw, User) = (raw, user);

    public string User { get; }

    public static async Task<ITestClient> ConnectAsync(TestServer server, string user) =>
        new RawTestClient(await server.ConnectRawAsync(user, "seq,receipts"), user);

    public async Task JoinAsync(ConversationId conversation, long? after = null)
    {
        await _raw.SendAsync(new { type = "join", conversation_id = conversation.ToString(), after_seq = after });
        await ReplyAsync("joined");
    }

    public async Task LeaveAsync(ConversationId conversation)
    {
        await _raw.SendAsync(new { type = "leave", conversation_id = conversation.ToString() });
        await ReplyAsync("left");
    }

    public async Task SendAsync(ConversationId conversation, string body, string? dedupeKey = null)
    {
        await _raw.MessageAsync(conversation, body, dedupeKey);
        await ReplyAsync("receipt");
    }

    public async Task<Seen> NextAsync()
    {
        while (_messages.Count == 0) Keep(await _raw.NextAsync());
        return _messages.Dequeue();
    }

    public async Task CutAsync()
    {
        _raw.Cut();
        await _raw.Ended.WaitAsync(Bounds.Wait);
    }

    public ValueTask DisposeAsync() => _raw.DisposeAsync();

    private async Task ReplyAsync(string type)
    {
        while (true)
        {
            var frame = await _raw.NextAsync();
            var found = frame.GetProperty("type").GetString();
            if (found == type) return;
            if (found == "error")
                throw new RefusedException(frame.GetProperty("code").GetString()!,
                    frame.GetProperty("error").GetString()!);
            Keep(frame);
        }
    }

    private void Keep(JsonElement frame)
    {
        if (!frame.TryGetProperty("message", out var message)) return;
        _messages.Enqueue(new Seen(message.GetProperty("seq").GetInt64(), message.GetProperty("sender_id").GetString()!,
            message.GetProperty("body").GetString()));
    }
}
