using Chat.ClientSdk.Connection;
using Chat.Contracts.Entries;
using Chat.Contracts.Errors;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Protocol;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Chat.ClientSdk;

/// <summary>One typed connection to the hub: a stock SignalR client with typed methods instead of method
/// names.</summary>
/// <remarks>
/// <para>Handlers are called one at a time, in the order in which the server sent; a slow handler delays the next ones,
/// and finally the server. Register handlers before <see cref="StartAsync"/>, or the first entries are missed.</para>
/// <para>A reconnected connection is new to the server: it has joined nothing. In <see cref="Reconnected"/> or later,
/// call <see cref="JoinAsync"/> with the last sequence seen; then no entry is missed or repeated. This class does not
/// do that.</para>
/// <para>All members may be used from any thread.</para>
/// </remarks>
public sealed partial class ChatHubConnection : IChatHub, IAsyncDisposable
{
    private readonly HubConnection _hub;
    private readonly AccessTokens? _tokens;
    private volatile string? _token; // with which the server knows this connection

    /// <summary>Creates a connection; nothing is sent before <see cref="StartAsync"/>.</summary>
    /// <exception cref="ArgumentException">The address is not an absolute http or https address, or negotiation is
    /// skipped with other transports than WebSockets.</exception>
    public ChatHubConnection(ChatClientOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var url = options.Url;
        if (!url.IsAbsoluteUri || (url.Scheme != Uri.UriSchemeHttp && url.Scheme != Uri.UriSchemeHttps))
            throw new ArgumentException("Url must be an absolute http or https address.", nameof(options));
        if (options.SkipNegotiation && options.Transports != ChatTransports.WebSockets)
            throw new ArgumentException("SkipNegotiation requires Transports to be WebSockets alone.",
                nameof(options));
        if (options.UserId is { } user) url = HubUrl.WithQuery(url, ChatHubRoute.UserParameter, user.Value);
        options = options.ForOneClient();
        _hub = Build(options, url);
        _tokens = options.Tokens;
        if (_tokens is null) return;
        _hub.Closed += Drop;
        _hub.Reconnecting += Drop;
        _hub.Reconnected += _ =>
        {
            _token = _tokens.Current;
            return Task.CompletedTask;
        };
    }

    /// <summary>Whether there is a connection.</summary>
    public HubConnectionState State => _hub.State;

    /// <summary>The server's name for this connection. Null while there is none, and always without
    /// negotiation.</summary>
    public string? ConnectionId => _hub.ConnectionId;

    /// <summary>Calls after <see cref="DisposeAsync"/> fail like those of a lost connection: for an owner that replaces
    /// connections while they are in use.</summary>
    internal bool DisposedIsDisconnected { get; init; }

    /// <summary>The connection has ended and will not be restored. The argument is the reason; null when the client
    /// ended it.</summary>
    public event Func<Exception?, Task>? Closed
    {
        add => _hub.Closed += value;
        remove => _hub.Closed -= value;
    }

    /// <summary>The connection was lost and is being opened again. The argument is the reason; null when the server
    /// ended it properly.</summary>
    public event Func<Exception?, Task>? Reconnecting
    {
        add => _hub.Reconnecting += value;
        remove => _hub.Reconnecting -= value;
    }

    /// <summary>There is a new connection, which has joined nothing yet. The argument is its id.</summary>
    public event Func<string?, Task>? Reconnected
    {
        add => _hub.Reconnected += value;
        remove => _hub.Reconnected -= value;
    }

    /// <summary>Connects, with a single attempt: automatic reconnecting begins after the first connection.</summary>
    /// <exception cref="ChatConnectException">There is no connection; the inner exception and the status say
    /// why.</exception>
    /// <exception cref="InvalidOperationException">It is already started.</exception>
    public async Task StartAsync(CancellationToken ct = default)
    {
        if (_hub.State != HubConnectionState.Disconnected)
            throw new InvalidOperationException("The connection is started already.");
        try
        {
            await _hub.StartAsync(ct).ConfigureAwait(false);
            _token = _tokens?.Current;
        }
        // The factory's own failures are ChatConnectExceptions; these come from the hub's handshake.
        catch (Exception ex) when (ex is HubException or IOException or TimeoutException or ChatDisconnectedException
            || (ex is InvalidOperationException and not ObjectDisposedException)
            || (ex is OperationCanceledException && !ct.IsCancellationRequested))
        {
            throw new ChatConnectException($"The server did not accept the connection: {ex.Message}", ex);
        }
    }

    /// <summary>Closes the connection. It may be started again afterwards.</summary>
    public Task StopAsync(CancellationToken ct = default) => _hub.StopAsync(ct);

    /// <summary>Calls the handler with every message of the joined conversations, until what is returned is
    /// disposed.</summary>
    public IDisposable OnMessage(Action<MessageEntry> handler) => On(nameof(IChatClient.MessageReceived), handler);

    /// <summary>Calls the handler with every entry of the joined conversations that is not a message, until what is
    /// returned is disposed.</summary>
    public IDisposable OnEntry(Action<ConversationEntry> handler) => On(nameof(IChatClient.EntryReceived), handler);

    /// <summary>Calls the handler when the connection no longer sees a conversation because its user was removed, until
    /// what is returned is disposed.</summary>
    public IDisposable OnConversationClosed(Action<ConversationId> handler) =>
        On(nameof(IChatClient.ConversationClosed), handler);

    /// <summary>Calls the handler when the log of a joined conversation was put back to an earlier state, until what is
    /// returned is disposed.</summary>
    public IDisposable OnGenerationChanged(Action<JoinResult> handler) =>
        On(nameof(IChatClient.GenerationChanged), handler);

    /// <summary>Calls the handler when another user starts or stops typing in a joined conversation, until what is
    /// returned is disposed.</summary>
    public IDisposable OnTyping(Action<TypingChange> handler) => On(nameof(IChatClient.TypingChanged), handler);

    /// <summary>Calls the handler when a participant of a joined conversation has read on, until what is returned is
    /// disposed.</summary>
    public IDisposable OnReadPosition(Action<ReadPosition> handler) =>
        On(nameof(IChatClient.ReadPositionChanged), handler);

    /// <summary>Calls the handler when the user has set reactions to a message on another device, and no entry names
    /// the change, until what is returned is disposed.</summary>
    public IDisposable OnOwnReactions(Action<OwnReactions> handler) =>
        On(nameof(IChatClient.OwnReactionsChanged), handler);

    /// <summary>Calls the handler when a user watched with <see cref="GetPresenceAsync"/> comes online or goes offline,
    /// until what is returned is disposed.</summary>
    public IDisposable OnPresence(Action<PresenceChange> handler) => On(nameof(IChatClient.PresenceChanged), handler);

    /// <summary>Calls the handler when a conversation is new to the user, or its newest entry, unread count, title or
    /// mute changed, until what is returned is disposed. Only after
    /// <see cref="ConversationsAsync(CancellationToken)"/> was called.</summary>
    public IDisposable OnConversationChanged(Action<ConversationSummary> handler) =>
        On(nameof(IChatClient.ConversationChanged), handler);

    /// <summary>Calls the handler when the user no longer takes part in a conversation, until what is returned is
    /// disposed. Only after <see cref="ConversationsAsync(CancellationToken)"/> was called.</summary>
    public IDisposable OnConversationRemoved(Action<ConversationId> handler) =>
        On(nameof(IChatClient.ConversationRemoved), handler);

    /// <summary>Calls the handler when a user who shares a group or direct conversation with this one has another name,
    /// until what is returned is disposed. Only after <see cref="UsersAsync"/> was called.</summary>
    public IDisposable OnUserChanged(Action<UserProfile> handler) => On(nameof(IChatClient.UserChanged), handler);

    /// <summary>Calls the handler when there is another open report that the user may see, or one less, until what is
    /// returned is disposed. Only after <see cref="ReportsAsync"/> was called.</summary>
    public IDisposable OnReportsChanged(Action<ReportsChange> handler) =>
        On(nameof(IChatClient.ReportsChanged), handler);

    /// <summary>Calls the handler when the server is about to stop and asks to connect again, until what is returned is
    /// disposed. The server closes the connection soon after, and automatic reconnecting begins. Without automatic
    /// reconnecting, connect again here.</summary>
    public IDisposable OnReconnectRequested(Action<ReconnectRequest> handler) =>
        On(nameof(IChatClient.ReconnectRequested), handler);

    /// <summary>Closes and ends the connection, within the close timeout even if the server does not answer.</summary>
    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    private IDisposable On<T>(string method, Action<T> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return _hub.On(method, [typeof(T)], static (arguments, state) =>
        {
            ((Action<T>)state)((T)arguments[0]!);
            return Task.CompletedTask;
        }, handler);
    }

    /// <summary>A connection has ended, perhaps because of the token.</summary>
    private Task Drop(Exception? reason)
    {
        var said = ServerWord.Of(reason);
        if (ServerWord.IsOfToken(said))
            _tokens!.Drop(
                said == ChatErrorCodes.TokenExpired ? AccessTokenReason.Expired : AccessTokenReason.Refused, _token);
        return Task.CompletedTask;
    }

    private static HubConnection Build(ChatClientOptions options, Uri url)
    {
        var builder = new HubConnectionBuilder();
        builder.Services.AddSingleton(options.Logs);
        builder.Services.AddSingleton<IConnectionFactory>(new ConnectionFactory(options));
        builder.Services.AddSingleton<System.Net.EndPoint>(new UriEndPoint(url));
        builder.AddJsonProtocol(json => json.PayloadSerializerOptions = HubProtocolJson.CreateOptions());
        if (options.Reconnect is { } reconnect) builder.WithAutomaticReconnect(new BackoffPolicy(reconnect));
        var hub = builder.Build();
        hub.KeepAliveInterval = options.KeepAliveInterval;
        hub.ServerTimeout = options.ServerTimeout;
        hub.HandshakeTimeout = options.ConnectTimeout;
        return hub;
    }
}
