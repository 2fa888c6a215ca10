using System.Collections.Concurrent;
using System.Text.Json;
using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Json;
using Chat.Tests.Fixtures.Messages;

namespace Chat.Tests.Integration.Changes;

/// <summary>The JavaScript SDK in Node (<c>node/changing.mjs</c>) over a network that is cut.</summary>
internal sealed class NodeChanger : IChanger
{
    private readonly FaultProxy _network;
    private readonly NodeClient _node;
    private readonly List<ConversationEntry> _shown = [];
    private readonly ConcurrentDictionary<string, TaskCompletionSource<JsonElement>> _answers = new();
    private readonly TaskCompletionSource<JsonElement> _folded =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    private readonly Task _listening;
    private int _calls;

    private NodeChanger(FaultProxy network, NodeClient node, string user)
    {
        (_network, _node, User) = (network, node, user);
        _listening = ListenAsync();
    }

    public string User { get; }

    public static async Task<NodeChanger> ConnectAsync(TestServer server, string user, ConversationId conversation)
    {
        var network = new FaultProxy(server.Url);
        return new NodeChanger(network, await NodeClient.RunAsync(
            Node.Folder, "changing.mjs", network.Address.ToString(), user, conversation.ToString()), user);
    }

    public async Task<ChangeOutcome> DoAsync(Change change)
    {
        var call = $"{Interlocked.Increment(ref _calls)}";
        var answer = _answers[call] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await _node.TellAsync(JsonSerializer.Serialize(new
        {
            call, kind = change.Kind.ToString(), target = change.Target, body = change.Body,
            options = new
            {
                replyTo = change.ReplyTo, thread = change.Thread, alsoInConversation = change.AlsoInConversation,
                mentions = new { users = change.Mentions },
            },
            ifVersion = change.IfVersion, keys = change.Reactions,
        }));
        var said = await answer.Task.WaitAsync(Bounds.Run);
        return said.TryGetProperty("code", out var code)
            ? new ChangeOutcome(code.GetString())
            : change.Kind == ChangeKind.React ? new ChangeOutcome(null)
            : new ChangeOutcome(null, said.GetProperty("sequence").GetInt64(), said.GetProperty("id").GetString()!,
                said.GetProperty("duplicate").GetBoolean());
    }

    public Task CutAsync()
    {
        _network.Cut();
        return Task.CompletedTask;
    }

    public async Task<IReadOnlyList<ConversationEntry>> ShownAsync(long head)
    {
        await Eventually.HoldsAsync(() => _listening.IsCompleted || Head >= head);
        Assert.False(_listening.IsCompleted, "node has ended");
        lock (_shown) return [.. _shown];
    }

    /// <summary>What the SDK's own fold makes of the messages that it was shown.</summary>
    public async Task<IReadOnlyList<FoldedMessage>> FoldedAsync()
    {
        await _node.TellAsync("""{"kind":"fold"}""");
        return [.. (await _folded.Task.WaitAsync(Bounds.Wait)).EnumerateArray().Select(one => new FoldedMessage(
            (MessageEntry)one.GetProperty("message").Deserialize(ChatJsonContext.Default.ConversationEntry)!,
            one.GetProperty("version").GetInt64()))];
    }

    public async ValueTask DisposeAsync()
    {
        await _node.DisposeAsync();
        await _network.DisposeAsync();
    }

    private long Head
    {
        get
        {
            lock (_shown) return _shown.Count > 0 ? _shown[^1].Sequence : 0;
        }
    }

    private async Task ListenAsync()
    {
        while (await _node.NextAsync() is var (what, value))
            if (what == "answer") _answers[value.GetProperty("call").GetString()!].TrySetResult(value);
            else if (what == "folded") _folded.TrySetResult(value);
            else if (what == "shown")
                lock (_shown) _shown.Add(value.Deserialize(ChatJsonContext.Default.ConversationEntry)!);
    }
}
