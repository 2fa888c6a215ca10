using Chat.ClientSdk.Connection;
using Chat.ClientSdk.Link;

namespace Chat.ClientSdk;

/// <summary>A chat client for unreliable networks: one connection that is always restored, conversations as ordered
/// streams, messages that are stored once.</summary>
/// <remarks>All members are thread-safe. Use one client per user and server; dispose it at the end.</remarks>
public sealed partial class ChatClient : IAsyncDisposable
{
    private readonly ChatClientOptions _options;
    private readonly IChatLink _link;
    private readonly ILinkLifetime? _lifetime; // null where the link has another owner
    private readonly ChatClientTelemetry _telemetry;
    private readonly List<IAsyncDisposable> _parts = []; // ended in this order, before the link

    /// <summary>Creates a client; nothing is sent before <see cref="StartAsync"/>.</summary>
    /// <exception cref="ArgumentException">The options contradict each other, or the address is not an absolute http or
    /// https address; the message says what is wrong.</exception>
    public ChatClient(ChatClientOptions options)
        : this(options = OptionsCheck.Checked(options).ForOneClient(), new HubConnector(options)) { }

    internal ChatClient(ChatClientOptions options, IChatConnector connector)
        : this(options = options.ForOneClient(),
            new ChatLink(connector, options, ChatClientTelemetry.For(options))) { }

    internal ChatClient(ChatClientOptions options, IChatLink link)
    {
        (_options, _link, _lifetime) = (options.ForOneClient(), link, link as ILinkLifetime);
        _telemetry = ChatClientTelemetry.For(options);
        AddSending();
        AddReading();
    }

    /// <summary>Whether there is a connection now.</summary>
    public ConnectionState State => LastChange.State;

    /// <summary>The state of the connection: the current state on subscription, then every change with its reason.
    /// Completes when the client is disposed.</summary>
    /// <remarks>An observer gets the current state on the caller's thread, then one call at a time, in order, on a pool
    /// thread: it blocks nothing else. Its exceptions are logged. When a connection is replaced because the server is
    /// about to stop, there is no change: the state stays <see cref="ConnectionState.Connected"/>.</remarks>
    public IObservable<ConnectionStateChange> StateChanges =>
        _lifetime?.Changes ?? throw new InvalidOperationException("The client does not own its link.");

    /// <summary>Calls the handler with the current state and then with every change, as <see cref="StateChanges"/>
    /// does, until the result is disposed.</summary>
    public IDisposable OnStateChange(Action<ConnectionStateChange> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return StateChanges.Subscribe(new StateHandler(handler));
    }

    /// <summary>A client that is started and connected.</summary>
    /// <exception cref="ArgumentException">The options are wrong.</exception>
    /// <exception cref="ChatConnectException">There is no connection within
    /// <see cref="ChatClientOptions.FirstConnectionTimeout"/>, or the client gave up: the server refuses this client,
    /// or the options limit the attempts. The inner exception is the reason.</exception>
    /// <exception cref="OperationCanceledException">By the token.</exception>
    public static Task<ChatClient> ConnectAsync(ChatClientOptions options, CancellationToken ct = default) =>
        ConnectedAsync(new ChatClient(options), ct);

    internal static async Task<ChatClient> ConnectedAsync(ChatClient client, CancellationToken ct)
    {
        try
        {
            await client.StartAsync(ct).ConfigureAwait(false);
            await client.WaitForFirstConnectionAsync(ct).ConfigureAwait(false);
            return client;
        }
        catch
        {
            await client.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Starts connecting, and reconnects until it is stopped. It does not wait for the connection: see
    /// <see cref="WaitUntilConnectedAsync"/>.</summary>
    /// <remarks>Does nothing when already started. After <see cref="StopAsync"/>, or when the client gave up, it starts
    /// again.</remarks>
    /// <exception cref="ObjectDisposedException">The client was disposed.</exception>
    /// <exception cref="IOException">The outbox's store cannot be used, for instance because another process has it
    /// open.</exception>
    public async Task StartAsync(CancellationToken ct = default)
    {
        ct.ThrowIfCancellationRequested();
        // Whose the messages in a store are may not be known before there is a connection.
        var opening = _outbox.OpenAsync(ct);
        if (_options.Owner!.Name.IsCompleted) await opening.ConfigureAwait(false);
        else LateAnswer.Drop(opening);
        _lifetime?.Start();
        _list.Resume();
    }

    /// <summary>Signs the user out: disconnects, and the state is <see cref="ConnectionState.SignedOut"/> until
    /// <see cref="StartAsync"/> asks for a token again. Streams and calls end with
    /// <see cref="ChatConnectException"/>.</summary>
    /// <param name="clear">Erase what this client keeps of the user: messages that wait, also from the outbox's store,
    /// and the cursors of all stores that it has read with.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <exception cref="IOException">A store could not be erased.</exception>
    /// <exception cref="OperationCanceledException">By the token; the client still disconnects.</exception>
    public async Task SignOutAsync(bool clear = false, CancellationToken ct = default)
    {
        if (_lifetime is not null)
            await _lifetime.StopAsync(new ChatSignedOutException("The user has signed out.")).WaitAsync(ct)
                .ConfigureAwait(false);
        _options.Tokens?.Drop(AccessTokenReason.Start);
        if (!clear) return;
        await _outbox.ClearAsync(ct).ConfigureAwait(false);
        foreach (var cursors in _cursorStores.Keys) await cursors.ClearAsync(ct).ConfigureAwait(false);
    }

    /// <summary>Completes when there is a connection; at once while there is one.</summary>
    /// <exception cref="ChatConnectException">The client gave up: the server refuses this client, or the options limit
    /// the attempts.</exception>
    /// <exception cref="ObjectDisposedException">The client was disposed.</exception>
    /// <exception cref="OperationCanceledException">By the token.</exception>
    public async Task WaitUntilConnectedAsync(CancellationToken ct = default) =>
        await _link.SessionAsync(ct).ConfigureAwait(false);

    private async Task WaitForFirstConnectionAsync(CancellationToken ct)
    {
        var timeout = _options.FirstConnectionTimeout;
        using var bound = new CancellationTokenSource(timeout, _options.TimeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(bound.Token, ct);
        try
        {
            await WaitUntilConnectedAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (bound.IsCancellationRequested && !ct.IsCancellationRequested)
        {
            var reason = LastChange.Reason;
            throw new ChatConnectException($"No connection within {timeout.TotalSeconds} s: "
                + (reason?.Message ?? "the server has not answered."), reason);
        }
    }

    /// <summary>Disconnects. Streams and sends wait for the next <see cref="StartAsync"/>; pending calls end with
    /// <see cref="ChatDisconnectedException"/> or wait too.</summary>
    /// <remarks>Takes twice <see cref="ChatClientOptions.CloseTimeout"/> at most.</remarks>
    /// <exception cref="OperationCanceledException">By the token; the client still disconnects.</exception>
    public Task StopAsync(CancellationToken ct = default) => _lifetime?.StopAsync().WaitAsync(ct) ?? Task.CompletedTask;

    /// <summary>Ends the connection, the streams and the outbox; what a persistent outbox holds is sent by the next
    /// client that uses its store.</summary>
    /// <remarks>Pending calls get an <see cref="ObjectDisposedException"/>. The connection is closed after at most
    /// twice <see cref="ChatClientOptions.CloseTimeout"/>.</remarks>
    public async ValueTask DisposeAsync()
    {
        foreach (var part in _parts) await part.DisposeAsync().ConfigureAwait(false);
        if (_lifetime is not null) await _lifetime.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>The current state with its reason.</summary>
    internal ConnectionStateChange LastChange =>
        _lifetime?.State ?? new ConnectionStateChange(ConnectionState.Stopped, null, null);

    // Each part has its own file; what it creates is added to _parts.
    partial void AddSending();

    partial void AddReading();

    private sealed class StateHandler(Action<ConnectionStateChange> handler) : IObserver<ConnectionStateChange>
    {
        public void OnNext(ConnectionStateChange value) => handler(value);

        public void OnCompleted() { }

        public void OnError(Exception error) { }
    }
}
