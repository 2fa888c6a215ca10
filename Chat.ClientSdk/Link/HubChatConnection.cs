using Chat.Contracts.Protocol;

namespace Chat.ClientSdk.Link;

/// <summary>A connection to a real server's hub.</summary>
internal sealed class HubChatConnection : IChatConnection
{
    private readonly ChatHubConnection _hub;
    private readonly TaskCompletionSource<Exception?> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _disposing;

    public HubChatConnection(ChatClientOptions options)
    {
        // the link itself makes the next one
        _hub = new ChatHubConnection(options with { Reconnect = null }) { DisposedIsDisconnected = true };
        _hub.Closed += reason =>
        {
            _ended.TrySetResult(_disposing ? null : Explain(reason));
            return Task.CompletedTask;
        };
    }

    public IChatHub Hub => _hub;

    public Task<Exception?> Ended => _ended.Task;

    public Task OpenAsync(IChatClient sink, CancellationToken ct)
    {
        // The link's sink is done when it returns, unless a listener is slow: then only that listener is late.
        _hub.OnMessage(message => _ = sink.MessageReceived(message));
        _hub.OnEntry(entry => _ = sink.EntryReceived(entry));
        _hub.OnConversationClosed(id => _ = sink.ConversationClosed(id));
        _hub.OnTyping(change => _ = sink.TypingChanged(change));
        _hub.OnReadPosition(position => _ = sink.ReadPositionChanged(position));
        _hub.OnPresence(change => _ = sink.PresenceChanged(change));
        _hub.OnReconnectRequested(request => _ = sink.ReconnectRequested(request));
        return _hub.StartAsync(ct);
    }

    public async ValueTask DisposeAsync()
    {
        _disposing = true;
        await _hub.DisposeAsync().ConfigureAwait(false);
        _ended.TrySetResult(null);
    }

    private static ChatException Explain(Exception? reason) => reason switch
    {
        ChatException known => known,
        null => new ChatDisconnectedException("The server ended the connection."),
        _ => new ChatDisconnectedException($"The connection was lost: {reason.Message}", reason),
    };
}

/// <summary>Makes connections to the server of the options.</summary>
internal sealed class HubConnector(ChatClientOptions options) : IChatConnector
{
    public IChatConnection Create() => new HubChatConnection(options);
}
