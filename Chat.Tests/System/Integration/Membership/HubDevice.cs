using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Chat.Contracts.Identifiers;
using Chat.Tests.Fixtures.Membership;

namespace Chat.Tests.Integration.Membership;

/// <summary>A hub connection, in either protocol.</summary>
internal sealed class HubDevice : Device
{
    private const byte End = 0x1e;

    private readonly bool _isBinary;
    private readonly ConcurrentDictionary<string, TaskCompletionSource<JsonElement>> _pending = new();
    private readonly ConcurrentDictionary<string, int> _indexes = new();
    private int _ids;

    private HubDevice(SlowSocket socket, string user, ConversationId conversation, bool isBinary)
        : base(socket, user, conversation) => _isBinary = isBinary;

    protected override bool AnswersFirst => false;

    public static async Task<HubDevice> ConnectAsync(
        Uri server, string user, ConversationId conversation, bool isBinary)
    {
        var socket = await SlowSocket.ConnectAsync(server, $"/hubs/chat?user_id={user}");
        var protocol = isBinary ? "messagepack" : "json";
        await socket.SendAsync(Encoding.UTF8.GetBytes($$"""{"protocol":"{{protocol}}","version":1}""" + (char)End),
            WebSocketMessageType.Text);
        Assert.Equal("{}" + (char)End, Encoding.UTF8.GetString((await socket.ReceiveAsync()).Span));
        var device = new HubDevice(socket, user, conversation, isBinary);
        device.Start();
        return device;
    }

    public override async Task<string?> SendAsync(string body) =>
        RefusalOf(await InvokeAsync("Send", $"\"{Conversation}\",\"{body}\""));

    public async Task<string?> AddAsync(string user) =>
        RefusalOf(await InvokeAsync("AddParticipants", $"\"{Conversation}\",[\"{user}\"]"));

    public async Task<string?> SetRoleAsync(string user, string role) =>
        RefusalOf(await InvokeAsync("SetRole", $$"""
            "{{Conversation}}",{"userId":"{{user}}","role":"{{role}}"}
            """.Trim()));

    public async Task<string?> RemoveAsync(string user) =>
        RefusalOf(await InvokeAsync("RemoveParticipant", $"\"{Conversation}\",\"{user}\""));

    /// <summary>A page of history, or the refusal.</summary>
    public async Task<(string? Refusal, long Head, List<long> Sequences)> HistoryAsync(long after)
    {
        var answer = await InvokeAsync("History", $$"""
            "{{Conversation}}",{"after":{{after}},"limit":50}
            """);
        if (RefusalOf(answer) is { } refusal) return (refusal, 0, []);
        var page = answer.GetProperty("result");
        return (null, page.GetProperty("head").GetInt64(),
            [.. page.GetProperty("entries").EnumerateArray().Select(e => e.GetProperty("sequence").GetInt64())]);
    }

    /// <summary>The completion of a call, as JSON has it.</summary>
    public async Task<JsonElement> InvokeAsync(string method, string arguments)
    {
        var id = NewId();
        var answer = _pending[id] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await WriteAsync(id, method, arguments);
        return await answer.Task.WaitAsync(Bounds.Wait);
    }

    protected override Task SendCallAsync(int index, Call call)
    {
        var id = NewId();
        _indexes[id] = index;
        return WriteAsync(id, call.IsJoin ? "Join" : "Leave",
            call.After is { } after ? $"\"{Conversation}\",{after}" : $"\"{Conversation}\"");
    }

    protected override void Handle(ReadOnlyMemory<byte> message)
    {
        if (_isBinary)
        {
            foreach (var one in HubMessages.Split(message.Span))
            {
                var fields = HubMessages.Read(one);
                if (fields[0].GetInt32() == 1) HandlePush(fields[3].GetString()!, fields[4][0]);
                else if (fields[0].GetInt32() == 3) HandleCompletion(fields[2].GetString()!, Completion(fields));
            }
            return;
        }
        foreach (var text in Encoding.UTF8.GetString(message.Span).Split((char)End,
            StringSplitOptions.RemoveEmptyEntries))
        {
            var one = JsonDocument.Parse(text).RootElement;
            var type = one.GetProperty("type").GetInt32();
            if (type == 1) HandlePush(one.GetProperty("target").GetString()!, one.GetProperty("arguments")[0]);
            else if (type == 3) HandleCompletion(one.GetProperty("invocationId").GetString()!, one);
        }
    }

    protected override void FailPending(Exception failure)
    {
        foreach (var answer in _pending.Values)
            answer.TrySetException(new WebSocketException("the connection ended", failure));
    }

    /// <summary>What is wrong; null when the call was done.</summary>
    public static string? RefusalOf(JsonElement completion) =>
        completion.TryGetProperty("error", out var error) && error.ValueKind == JsonValueKind.String
            ? error.GetString()
            : null;

    private void HandlePush(string target, JsonElement argument)
    {
        if (target is "MessageReceived" or "EntryReceived") NoteEntry(argument, "sequence", "senderId");
        else if (target == "ConversationClosed") Note(ToldKind.Closed);
    }

    private void HandleCompletion(string id, JsonElement completion)
    {
        if (_pending.TryRemove(id, out var pending)) pending.TrySetResult(completion);
        else if (_indexes.TryRemove(id, out var index)) NoteAnswer(index, AnswerOf(completion));
    }

    private static Answer AnswerOf(JsonElement completion)
    {
        if (RefusalOf(completion) is { } refusal) return new Answer(refusal);
        return completion.TryGetProperty("result", out var result) && result.ValueKind == JsonValueKind.Object
            ? new Answer(null, result.GetProperty("afterSequence").GetInt64(), result.GetProperty("head").GetInt64())
            : new Answer(null);
    }

    // [3, headers, id, what it is, the error or the result]
    private static JsonElement Completion(JsonElement fields) =>
        JsonSerializer.SerializeToElement(fields[3].GetInt32() switch
        {
            1 => new Dictionary<string, JsonElement> { ["error"] = fields[4] },
            2 => [],
            _ => new Dictionary<string, JsonElement> { ["result"] = fields[4] },
        });

    private string NewId() => $"{Interlocked.Increment(ref _ids)}";

    private Task WriteAsync(string id, string method, string arguments) => _isBinary
        ? Socket.SendAsync(HubMessages.WithLength(HubMessages.Invocation(id, method, arguments)),
            WebSocketMessageType.Binary)
        : Socket.SendAsync(
            Encoding.UTF8.GetBytes(
                $$"""{"type":1,"invocationId":"{{id}}","target":"{{method}}","arguments":[{{arguments}}]}"""
                    + (char)End),
            WebSocketMessageType.Text);
}
