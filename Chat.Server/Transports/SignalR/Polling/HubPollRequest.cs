using System.Net.Sockets;
using Microsoft.AspNetCore.Connections.Features;

namespace Chat.Server.Transports.SignalR.Polling;

/// <summary>One poll, and whether its answer came.</summary>
internal sealed class HubPollRequest
{
    // A client that discards an answer has closed the connection before it polls again; both come at about one time.
    private static readonly TimeSpan ClosingBound = TimeSpan.FromMilliseconds(100);

    // How long the server may take to notice a close that the system knows of.
    private static readonly TimeSpan NoticeBound = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(10);

    private static readonly string[] ProxyHeaders = ["X-Forwarded-For", "X-Original-For", "Forwarded", "Via"];

    private readonly string _connection;
    private readonly CancellationToken _closed;
    private readonly Socket? _socket;
    private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private volatile bool _hasStarted;
    private volatile bool _hadContent;
    private volatile bool _wasCut;
    private volatile bool _wasCutAtStart;
    private volatile bool _isGivenUp;
    private bool _staysOpen;

    public HubPollRequest(HttpContext http)
    {
        _connection = http.Connection.Id;
        _closed = http.Features.Get<IConnectionLifetimeFeature>()?.ConnectionClosed ?? CancellationToken.None;
        _socket = http.Features.Get<IConnectionSocketFeature>()?.Socket;
        http.Response.OnStarting(() =>
        {
            _wasCutAtStart = http.RequestAborted.IsCancellationRequested;
            _hasStarted = true;
            return Task.CompletedTask;
        });
    }

    /// <summary>Ends when SignalR has it, or when it does not get that far. Never fails; bounded, as
    /// <see cref="HasArrivedAsync"/> is.</summary>
    public Task HasBegun => _begun.Task;

    /// <summary>Ends when SignalR has done with it. Never fails.</summary>
    public Task Ended => _ended.Task;

    /// <summary>True: the answer is on its way.</summary>
    public bool HasStarted => _hasStarted;

    public bool HasEnded => _ended.Task.IsCompleted;

    /// <summary>True: the client polled again before the answer.</summary>
    public bool IsGivenUp
    {
        get => _isGivenUp;
        set => _isGivenUp = value;
    }

    /// <summary>True once it is known that the client did not get what was in the answer.</summary>
    public bool IsLost => _hadContent && (_wasCut || _isGivenUp);

    /// <summary>Hands it to SignalR.</summary>
    public Task RunAsync(RequestDelegate next, HttpContext http)
    {
        var running = next(http);
        _begun.TrySetResult();
        return running;
    }

    /// <summary>Called once, when SignalR has done with the request, and before the request is over.</summary>
    public void End(HttpContext request)
    {
        _begun.TrySetResult();
        _hadContent = request.Response is { StatusCode: StatusCodes.Status200OK, ContentLength: > 0 };
        // Who said that it would close does so when it has the answer, which may be before this is reached.
        _wasCut = _wasCutAtStart
            || (request.RequestAborted.IsCancellationRequested && !SaysClose(request.Request.Headers));
        _staysOpen = request.Request.Protocol == HttpProtocol.Http11 && !SaysClose(request.Request.Headers)
            && !SaysClose(request.Response.Headers) && !Array.Exists(ProxyHeaders, request.Request.Headers.ContainsKey);
        _ended.TrySetResult();
    }

    /// <summary>Whether the answer came, as far as can be seen when the next poll does.</summary>
    /// <remarks>A client that has read an answer keeps the connection, or said that it would not. (A proxy does with
    /// its connections as it likes.)</remarks>
    public async ValueTask<bool> HasArrivedAsync(HttpContext next, TimeProvider time)
    {
        if (!_hadContent) return true;
        if (IsLost) return false;
        if (!_staysOpen || next.Connection.Id == _connection) return true;
        await PauseAsync(ClosingBound, time);
        for (var since = time.GetTimestamp(); !_closed.IsCancellationRequested && IsAtItsEnd(_socket);)
        {
            if (time.GetElapsedTime(since) >= NoticeBound) return false;
            await PauseAsync(Beat, time);
        }
        return !_closed.IsCancellationRequested;
    }

    private async Task PauseAsync(TimeSpan most, TimeProvider time) =>
        await Task.Delay(most, time, _closed).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    /// <summary>Whether nothing more comes. A busy server is told of that late. True as well, for a moment, when
    /// something came and the server has just read it.</summary>
    private static bool IsAtItsEnd(Socket? socket)
    {
        try
        {
            return socket is not null && socket.Poll(TimeSpan.Zero, SelectMode.SelectRead) && socket.Available == 0;
        }
        catch (Exception e) when (e is ObjectDisposedException or SocketException)
        {
            return true;
        }
    }

    private static bool SaysClose(IHeaderDictionary headers) =>
        headers.Connection.ToString().Contains("close", StringComparison.OrdinalIgnoreCase);
}
