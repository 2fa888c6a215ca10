using Chat.ClientSdk.Connection;
using Microsoft.Extensions.Logging;

namespace Chat.ClientSdk.Link;

/// <summary>Keeps a connection open. One loop owns it: it connects, waits for the end, and connects again.</summary>
internal sealed partial class ChatLink : IChatLink, ILinkLifetime
{
    private readonly IChatConnector _connector;
    private readonly ChatClientOptions _options;
    private readonly TimeProvider _time;
    private readonly ChatClientTelemetry _telemetry;
    private readonly ILogger _logger;
    private readonly Random _random;
    private readonly PushListeners _listeners;
    private readonly CurrentConnection _currentConnection;
    private readonly StateSource _states;
    private readonly Lock _gate = new(); // guards what follows
    private LinkSession? _current;
    private Exception? _failure;
    private TaskCompletionSource _changed = NewSignal();
    private CancellationTokenSource? _stop;
    private Task _loop = Task.CompletedTask;
    private bool _disposed;
    private long _sessions;

    public ChatLink(IChatConnector connector, ChatClientOptions options, ChatClientTelemetry telemetry,
        Random? random = null)
    {
        (_connector, _options, _time, _telemetry, _random) = (connector, options, options.TimeProvider, telemetry,
            random ?? Random.Shared);
        _logger = options.Logs.CreateLogger<ChatLink>();
        _listeners = new PushListeners(telemetry, _logger);
        _currentConnection = new CurrentConnection(_listeners);
        _states = new StateSource(_logger);
    }

    public LinkSession? Current
    {
        get { lock (_gate) return _current; }
    }

    public ConnectionStateChange State => _states.Current;

    public IObservable<ConnectionStateChange> Changes => _states;

    public IDisposable Listen(Action<Push> listener) => _listeners.Add(listener);

    public async ValueTask<LinkSession> SessionAsync(CancellationToken ct)
    {
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                ClientDisposed.ThrowIf(_disposed);
                if (_current is { } session) return session;
                if (_failure is { } failure)
                    throw new ChatConnectException($"The client gave up connecting: {failure.Message}", failure);
                changed = _changed.Task;
            }
            await changed.WaitAsync(ct).ConfigureAwait(false);
        }
    }

    public void Start()
    {
        lock (_gate)
        {
            ClientDisposed.ThrowIf(_disposed);
            if (_stop is not null) return;
            _failure = null;
            _stop = new CancellationTokenSource();
            var (before, stop) = (_loop, _stop);
            _loop = Task.Run(() => RunAsync(before, stop));
        }
    }

    public async Task StopAsync(ChatSignedOutException? signedOut = null)
    {
        CancellationTokenSource? stop;
        Task loop;
        lock (_gate) (stop, _stop, loop) = (_stop, null, _loop);
        if (stop is not null) await stop.CancelAsync().ConfigureAwait(false);
        await loop.ConfigureAwait(false);
        if (signedOut is null) return;
        lock (_gate)
        {
            if (_stop is not null) return; // started again meanwhile
            _failure = signedOut;
        }
        Announce(ConnectionState.SignedOut, signedOut);
        Pulse();
    }

    public async ValueTask DisposeAsync()
    {
        lock (_gate) _disposed = true;
        await StopAsync().ConfigureAwait(false);
        Pulse();
        await _states.CompleteAsync().ConfigureAwait(false);
    }

    private async Task RunAsync(Task before, CancellationTokenSource stop)
    {
        await before.ConfigureAwait(false); // one that failed, or is being stopped
        var run = new LinkRun(this, new ReconnectAttempts(_options.Reconnect, _random), _options, _telemetry);
        var failure = await run.RunAsync(stop.Token).ConfigureAwait(false);
        lock (_gate)
        {
            if (failure is not null && _stop == stop) (_failure, _stop) = (failure, null); // Start may begin again
        }
        if (failure is not null) Log.GivenUp(_logger, failure);
        Announce(failure switch
        {
            null => ConnectionState.Stopped,
            ChatSignedOutException => ConnectionState.SignedOut,
            _ => ConnectionState.Failed,
        }, failure);
        Pulse();
    }

    internal LiveConnection NewConnection() => new(_connector.Create(), _currentConnection);

    /// <summary>Makes an opened connection the current one.</summary>
    internal void Adopt(LiveConnection connection)
    {
        var session = connection.Begin(++_sessions, _time.GetTimestamp());
        _currentConnection.Set(connection);
        lock (_gate) _current = session;
        _telemetry.Connected();
        Log.Connected(_logger, session.Number);
        if (State.State != ConnectionState.Connected) Announce(ConnectionState.Connected);
        Pulse();
    }

    /// <summary>There is no session until the next one is adopted.</summary>
    internal void Drop()
    {
        lock (_gate) _current = null;
    }

    internal void Announce(ConnectionState state, Exception? reason = null, TimeSpan? nextAttemptIn = null)
    {
        _telemetry.StateChanged(_states.Current.State, state);
        _states.Publish(new ConnectionStateChange(state, reason, nextAttemptIn));
    }

    /// <summary>Wakes everyone who waits for a session.</summary>
    private void Pulse()
    {
        lock (_gate)
        {
            _changed.TrySetResult();
            _changed = NewSignal();
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static partial class Log
    {
        [LoggerMessage(7023, LogLevel.Information, "Connected; session {Number}")]
        public static partial void Connected(ILogger logger, long number);

        [LoggerMessage(7024, LogLevel.Error, "The connection is given up")]
        public static partial void GivenUp(ILogger logger, Exception reason);
    }
}
