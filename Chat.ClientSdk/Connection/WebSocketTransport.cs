using System.IO.Pipelines;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Connections.Abstractions;
using Microsoft.Extensions.Logging;

namespace Chat.ClientSdk.Connection;

/// <summary>A connection over a WebSocket, or over several in a row when stateful reconnect was agreed on.</summary>
/// <remarks>A new socket keeps the pipe that the application reads and gets a new one to send from: what was written but not acknowledged
/// is written again by SignalR into the new one, so whatever the old one still held must go.</remarks>
internal sealed partial class WebSocketTransport : ITransport, IStatefulReconnectFeature
{
    private readonly WebSocketDialer _dialer;
    private readonly ChatClientOptions _options;
    private readonly ILogger _logger;
    private readonly Lock _gate = new(); // swapping pipes against the end of reconnecting
    private readonly CancellationTokenSource _noReconnect = new();
    private Func<PipeWriter, Task>? _onReconnected;
    private bool _ending;
    private DuplexPipe _application;
    private DuplexPipe _transport;
    private volatile WebSocket _socket;

    private WebSocketTransport(WebSocketDialer dialer, WebSocket socket, bool stateful, ChatClientOptions options, ILogger logger)
    {
        (_dialer, _socket, _options, _logger) = (dialer, socket, options, logger);
        (_application, _transport) = DuplexPipe.CreatePair();
        Stateful = stateful;
        if (!stateful) _noReconnect.Cancel();
        Ended = RunAsync();
    }

    public IDuplexPipe Pipe
    {
        get { lock (_gate) return _application; }
    }

    /// <summary>Stateful reconnect was agreed on.</summary>
    public bool Stateful { get; }

    public Task Ended { get; }

    public static async Task<WebSocketTransport> StartAsync(
        WebSocketDialer dialer, bool stateful, ChatClientOptions options, ILogger logger, CancellationToken ct) =>
        new(dialer, await dialer.OpenAsync(ct).ConfigureAwait(false), stateful, options, logger);

    public void OnReconnected(Func<PipeWriter, Task> notifyOnReconnect)
    {
        lock (_gate) _onReconnected += notifyOnReconnect;
    }

    public void DisableReconnect()
    {
        lock (_gate) _ending = true;
        _noReconnect.Cancel(); // outside the lock: it runs whatever waits for it
    }

    public async Task StopAsync()
    {
        DisableReconnect();
        var application = Pipe;
        application.Output.Complete();
        application.Input.Complete();
        await Ended.ConfigureAwait(false);
    }

    public void Abort()
    {
        DisableReconnect();
        _socket.Abort();
    }

    private async Task RunAsync()
    {
        SocketEnd end;
        PipeWriter? resend = null;
        while (true)
        {
            end = await RunSocketAsync(resend).ConfigureAwait(false);
            if (end.Meant || await ReopenAsync().ConfigureAwait(false) is not { } socket) break;
            _socket = socket;
            resend = SwapOutput();
            if (resend is not null) continue;
            socket.Dispose();
            break;
        }
        await _transport.Output.CompleteAsync(end.Error).ConfigureAwait(false);
        await _transport.Input.CompleteAsync().ConfigureAwait(false);
    }

    private async Task<SocketEnd> RunSocketAsync(PipeWriter? resend)
    {
        using var socket = _socket;
        var pump = new SocketPump(socket, _transport, Stateful, _options).RunAsync();
        var resending = resend is null ? Task.CompletedTask : ResendAsync(resend, socket);
        var end = await pump.ConfigureAwait(false);
        // Nobody sends from this pipe again, unless the connection ends here: then completing it twice does no harm.
        if (!end.Meant) await _transport.Input.CompleteAsync().ConfigureAwait(false);
        await resending.ConfigureAwait(false);
        return end;
    }

    private async Task ResendAsync(PipeWriter writer, WebSocket socket)
    {
        try
        {
            await _onReconnected!(writer).ConfigureAwait(false);
            Log.Resumed(_logger);
        }
        catch (Exception ex) // SignalR's callback: whatever it throws, this socket is of no use
        {
            Log.ResendFailed(_logger, ex);
            DisableReconnect();
            socket.Abort();
        }
    }

    /// <summary>Null when the connection ended while the socket was opened.</summary>
    private PipeWriter? SwapOutput()
    {
        lock (_gate)
        {
            if (_ending || _onReconnected is null) return null;
            var outgoing = DuplexPipe.CreateOneWay();
            _application = _application with { Output = outgoing.Writer };
            _transport = _transport with { Input = outgoing.Reader };
            return outgoing.Writer;
        }
    }
}
