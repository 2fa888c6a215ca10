using System.Net;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Http.Connections.Client;
using Microsoft.Extensions.Logging;

namespace Chat.ClientSdk.Connection;

/// <summary>Opens the WebSocket of one connection, and opens it again after a loss when stateful reconnect was agreed
/// on.</summary>
/// <remarks>SignalR's own code for this is not used: it retries a lost socket once, does not report the HTTP status of
/// a refusal, and bypasses <see cref="ChatClientOptions.HttpMessageHandlerFactory"/>.</remarks>
internal sealed partial class SocketDialer(ConnectionHttp http, ChatClientOptions options, ILogger logger)
{
    // One retry without a delay, then five with: all delays together are less than half of the 15 seconds for which a
    // server keeps a connection without a socket.
    private const int Attempts = 6;
    private static readonly Backoff Waits = new(TimeSpan.FromSeconds(0.25), TimeSpan.FromSeconds(3));
    private static readonly TimeSpan AttemptTimeout = TimeSpan.FromSeconds(5);

    private readonly HttpMessageInvoker _invoker = new(http, disposeHandler: false);
    private readonly CancellationTokenSource _ended = new();
    private ClientWebSocket? _socket;
    private Exception? _lost;

    /// <summary>Why there is no socket any more; null when it was closed properly, and when there never was
    /// one.</summary>
    /// <remarks>Taken from the socket, because SignalR hides a loss that sending notices before receiving
    /// does.</remarks>
    public ChatDisconnectedException? Failure
    {
        get
        {
            if (_socket is not { } socket) return null;
            if (socket.CloseStatus is { } status)
                return status == WebSocketCloseStatus.NormalClosure
                    ? null
                    : Closed((int)status, socket.CloseStatusDescription);
            return _ended.IsCancellationRequested
                ? null
                : new ChatDisconnectedException("The connection was lost.", _lost);
        }
    }

    /// <summary>SignalR calls this for the first socket and for each one that replaces a lost socket.</summary>
    public async ValueTask<WebSocket> OpenAsync(WebSocketConnectionContext context, CancellationToken ct)
    {
        var socket = _socket is null
            ? await DialAsync(context, ct).ConfigureAwait(false)
            : await DialAgainAsync(context).ConfigureAwait(false);
        _socket = socket;
        return options.StatefulReconnect ? new WholeMessageSocket(socket) : socket;
    }

    /// <summary>No socket is opened from now on.</summary>
    public Task EndAsync() => _ended.CancelAsync();

    private async Task<ClientWebSocket> DialAgainAsync(WebSocketConnectionContext context)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var wait = attempt == 0 ? TimeSpan.Zero : Waits.Next(attempt - 1);
            using var late = new CancellationTokenSource(AttemptTimeout + wait, options.TimeProvider);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, _ended.Token);
            try
            {
                await Task.Delay(wait, options.TimeProvider, either.Token).ConfigureAwait(false);
                var socket = await DialAsync(context, either.Token).ConfigureAwait(false);
                Log.Reopened(logger);
                return socket;
            }
            catch (HttpRequestException ex) when (ex.StatusCode is >= HttpStatusCode.BadRequest
                and < HttpStatusCode.InternalServerError)
            {
                Log.Forgotten(logger, ex);
                _lost = ex;
                throw;
            }
            catch (Exception ex) // no server, no answer in time, or an exception of the application's token provider
            {
                Log.ReopenFailed(logger, ex);
                _lost = ex;
                _ended.Token.ThrowIfCancellationRequested();
            }
        }
        throw _lost!;
    }

    /// <exception cref="HttpRequestException">No WebSocket; with the status if the server answered at all.</exception>
    private async Task<ClientWebSocket> DialAsync(WebSocketConnectionContext context, CancellationToken ct)
    {
        var socket = new ClientWebSocket();
        try
        {
            await ConnectAsync(socket, context, ct).ConfigureAwait(false);
            ct.ThrowIfCancellationRequested();
            _ended.Token.ThrowIfCancellationRequested();
            return socket;
        }
        catch (WebSocketException ex)
        {
            HttpStatusCode status = OperatingSystem.IsBrowser() ? 0 : socket.HttpStatusCode;
            socket.Dispose();
            if (ex.InnerException is ServerRefusal or ServerBusy) throw ex.InnerException;
            throw new HttpRequestException("The WebSocket could not be opened.", ex, status == 0 ? null : status);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private async Task ConnectAsync(ClientWebSocket socket, WebSocketConnectionContext context, CancellationToken ct)
    {
        // A redirect may bring its own token; SignalR has no other.
        var token = context.Options.AccessTokenProvider is { } redirected
            ? await redirected().ConfigureAwait(false)
            : null;
        if (OperatingSystem.IsBrowser())
        {
            if (token is null && options.Tokens is { } tokens) token = await tokens.GetAsync(ct).ConfigureAwait(false);
            options.ConfigureWebSocket?.Invoke(socket.Options);
            // In a browser a WebSocket cannot have headers.
            var url = string.IsNullOrEmpty(token) ? context.Uri : HubUrl.WithQuery(context.Uri, "access_token", token);
            await socket.ConnectAsync(url, ct).ConfigureAwait(false);
            return;
        }
        socket.Options.CollectHttpResponseDetails = true;
        socket.Options.KeepAliveInterval = TimeSpan.Zero; // the hub's own pings do that
        if (!string.IsNullOrEmpty(token)) socket.Options.SetRequestHeader("Authorization", $"Bearer {token}");
        options.ConfigureWebSocket?.Invoke(socket.Options);
        await socket.ConnectAsync(context.Uri, _invoker, ct).ConfigureAwait(false);
    }

    private static ChatDisconnectedException Closed(int code, string? reason) =>
        new($"The server closed the connection with {code} {reason}".TrimEnd(), null, code);

    private static partial class Log
    {
        [LoggerMessage(7010, LogLevel.Debug, "The WebSocket was replaced under the same connection id")]
        public static partial void Reopened(ILogger logger);

        [LoggerMessage(7011, LogLevel.Debug, "The server no longer knows the connection whose WebSocket was lost")]
        public static partial void Forgotten(ILogger logger, Exception exception);

        [LoggerMessage(7012, LogLevel.Debug, "The lost WebSocket could not be replaced yet")]
        public static partial void ReopenFailed(ILogger logger, Exception exception);
    }
}
