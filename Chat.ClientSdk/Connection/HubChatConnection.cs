using Chat.Contracts.Protocol;

namespace Chat.ClientSdk.Connection;

/// <summary>A connection to a real server's hub.</summary>
internal sealed class HubChatConnection : IChatConnection
{
    private readonly ChatHubConnection _hub;
    private readonly TaskCompletionSource<Exception?> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _disposing;

    public HubChatConnection(ChatClientOptions options)
    {
        // the link itself makes the next one
        var once = options with { Reconnect = null, LoggerFactory = new DetailLoggerFactory(options.LoggerFactory) };
        _hub = new ChatHubConnection(once) { DisposedIsDisconnected = true };
        _hub.Closed += reason =>
        {
            _ended.TrySetResult(_disposing ? null : Explain(reason));
            return Task.CompletedTask;
        };
    }

    public IChatHub Hub => _hub;

    public Task<Exception?> Ended => _ended.Task;

    public Task OpenAsync(Action<Push> receive, CancellationToken ct)
    {
        _hub.OnMessage(message => receive(new Push.Entry(message)));
        _hub.OnEntry(entry => receive(new Push.Entry(entry)));
        _hub.OnConversationClosed(id => receive(new Push.Closed(id)));
        _hub.OnGenerationChanged(place => receive(new Push.Generation(place)));
        _hub.OnTyping(change => receive(new Push.Typing(change)));
        _hub.OnReadPosition(position => receive(new Push.ReadOn(position)));
        _hub.OnOwnReactions(change => receive(new Push.OwnReactions(change)));
        _hub.OnPresence(change => receive(new Push.Presence(change)));
        _hub.OnConversationChanged(summary => receive(new Push.Listed(new(summary.Id, summary))));
        _hub.OnConversationRemoved(id => receive(new Push.Listed(new(id, null))));
        _hub.OnUserChanged(profile => receive(new Push.User(profile)));
        _hub.OnReportsChanged(change => receive(new Push.Reports(change)));
        _hub.OnReconnectRequested(request => receive(new Push.Reconnect(request)));
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
