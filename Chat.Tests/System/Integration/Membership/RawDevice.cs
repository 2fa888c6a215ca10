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
    private readonly ConcurrentDictionary<string, TaskCompletionSource<string?>> _sends = new();
    private int _keys;

    private RawDevice(SlowSocket socket, string user, ConversationId conversation)
        : base(socket, user, conversation) { }

    protected override bool AnswersFirst => true;

    public static async Task<Device> ConnectAsync(Uri server, string user, ConversationId conversation)
    {
        var device = new RawDevice(
            await SlowSocket.ConnectAsync(server, $"/api/v1/chat/ws?user_id={user}&features=seq,receipts"), user,
            conversation);
        device.Start();
        return device;
    }

    public override async Task<string?> SendAsync(string body)
    {
        var key = $"{User}-{GetHashCode()}-{Interlocked.Increment(ref _keys)}";
        var answer = _sends[key] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await WriteAsync(
            new { type = "message", conversation_id = Conversation.ToString(), body, dedupe_key = key });
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
            case "receipt":
                _sends[frame.GetProperty("dedupe_key").GetString()!].TrySetResult(null);
                break;
            case "error":
                HandleError(frame, frame.GetProperty("code").GetString()!);
                break;
        }
    }

    protected override void FailPending(Exception failure)
    {
        foreach (var answer in _sends.Values)
            answer.TrySetException(new WebSocketException("the connection ended", failure));
    }

    private void HandleError(JsonElement frame, string code)
    {
        if (frame.TryGetProperty("dedupe_key", out var key)) _sends[key.GetString()!].TrySetResult(code);
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
