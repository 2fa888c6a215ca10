using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text.Json;
using Chat.Contracts.Identifiers;
using Chat.Tests.Fixtures.Membership;

namespace Chat.Tests.Integration.Membership;

/// <summary>A raw socket.</summary>
/// <remarks>It is told <c>left</c> when it left and when its user was removed. So it sends an unknown command behind
/// each leave: that one's answer is the leave's.</remarks>
internal sealed class RawDevice : Device
{
    private readonly ConcurrentQueue<int> _joins = new();
    private readonly ConcurrentQueue<int> _leaves = new();
    private readonly ConcurrentDictionary<string, TaskCompletionSource<JsonElement>> _changes = new();
    private readonly ConcurrentQueue<TaskCompletionSource<JsonElement>> _unkeyed = new();
    private readonly ConcurrentQueue<(long Target, TaskCompletionSource<JsonElement> Answer)> _reactions = new();
    private int _keys;

    private RawDevice(SlowSocket socket, string user, ConversationId conversation)
        : base(socket, user, conversation) { }

    protected override bool AnswersFirst => true;

    public static async Task<RawDevice> ConnectAsync(
        Uri server, string user, ConversationId conversation, string features = "seq,receipts")
    {
        var device = new RawDevice(
            await SlowSocket.ConnectAsync(server, $"/api/v1/chat/ws?user_id={user}&features={features}"), user,
            conversation);
        device.Start();
        return device;
    }

    public override async Task<string?> SendAsync(string body)
    {
        var key = $"{User}-{GetHashCode()}-{Interlocked.Increment(ref _keys)}";
        return RefusalOf(await AskAsync(
            new { type = "message", conversation_id = Conversation.ToString(), body, dedupe_key = key }, key));
    }

    /// <summary>What is wrong, by the answer to a change; null when it is stored.</summary>
    public static string? RefusalOf(JsonElement answer) =>
        answer.TryGetProperty("code", out var code) ? code.GetString() : null;

    /// <summary>The receipt of a change, or the error about it.</summary>
    /// <param name="frame">What is asked.</param>
    /// <param name="key">Its dedupe key; null for what has none: then one at a time, and no join.</param>
    /// <param name="reactsTo">Of reactions, whose answer has no key: the message.</param>
    public async Task<JsonElement> AskAsync(object frame, string? key, long? reactsTo = null)
    {
        var answer = new TaskCompletionSource<JsonElement>(TaskCreationOptions.RunContinuationsAsynchronously);
        if (reactsTo is { } target) _reactions.Enqueue((target, answer));
        if (key is null) _unkeyed.Enqueue(answer);
        else _changes[key] = answer;
        await WriteAsync(frame);
        return await answer.Task.WaitAsync(Bounds.Wait);
    }

    protected override async Task SendCallAsync(int index, Call call)
    {
        (call.IsJoin ? _joins : _leaves).Enqueue(index);
        if (call.IsJoin)
        {
            await WriteAsync(
                new { type = "join", conversation_id = Conversation.ToString(), after_seq = call.After });
            return;
        }
        await WriteAsync(new { type = "leave", conversation_id = Conversation.ToString() });
        await WriteAsync(new { type = "no such thing" });
    }

    protected override void Handle(ReadOnlyMemory<byte> message)
    {
        var frame = JsonDocument.Parse(message).RootElement;
        switch (frame.GetProperty("type").GetString())
        {
            case "joined":
                NoteAnswer(Next(_joins),
                    new Answer(null, frame.GetProperty("after_seq").GetInt64(), frame.GetProperty("seq").GetInt64()));
                break;
            case "left":
                Note(ToldKind.Left);
                break;
            case "message":
                NoteEntry(frame.GetProperty("message"), "seq", "sender_id");
                break;
            case "entry":
                NoteEntry(frame.GetProperty("entry"), "seq", "sender_id");
                break;
            case "reacted":
                Reacted(frame.GetProperty("target_seq").GetInt64(), frame);
                break;
            case "receipt" when frame.GetProperty("dedupe_key").GetString() is { } key:
                _changes[key].TrySetResult(frame);
                break;
            case "receipt" when _unkeyed.TryDequeue(out var asked):
                asked.TrySetResult(frame);
                break;
            case "error":
                HandleError(frame, frame.GetProperty("code").GetString()!);
                break;
        }
    }

    protected override void FailPending(Exception failure)
    {
        foreach (var answer in _changes.Values.Concat(_unkeyed))
            answer.TrySetException(new WebSocketException("the connection ended", failure));
    }

    private void Reacted(long target, JsonElement frame)
    {
        foreach (var asked in _reactions)
            if (asked.Target == target && asked.Answer.TrySetResult(frame)) return;
    }

    private void HandleError(JsonElement frame, string code)
    {
        if (frame.TryGetProperty("dedupe_key", out var key)) _changes[key.GetString()!].TrySetResult(frame);
        else if (_unkeyed.TryDequeue(out var asked)) asked.TrySetResult(frame);
        else if (code == "unsupported_type") NoteAnswer(Next(_leaves), new Answer(null));
        else NoteAnswer(Next(_joins), new Answer(code));
    }

    private static int Next(ConcurrentQueue<int> calls) =>
        calls.TryDequeue(out var index)
            ? index
            : throw new InvalidOperationException("an answer that nobody asked for");

    private Task WriteAsync(object frame) =>
        Socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(frame), WebSocketMessageType.Text);
}
