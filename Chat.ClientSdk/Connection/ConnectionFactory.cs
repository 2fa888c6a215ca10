using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.Http.Connections.Client;
using Microsoft.Extensions.Logging;

namespace Chat.ClientSdk.Connection;

/// <summary>Creates the connections of a hub client: SignalR's own, with our requests and our WebSockets.</summary>
/// <remarks>Every failure but cancellation is a <see cref="ChatConnectException"/>.</remarks>
internal sealed partial class ConnectionFactory(ChatClientOptions options) : IConnectionFactory
{
    private readonly ILogger _logger = options.Logs.CreateLogger<ConnectionFactory>();

    public async ValueTask<ConnectionContext> ConnectAsync(
        EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        if (endpoint is not UriEndPoint { Uri: var hub })
            throw new NotSupportedException("Only addresses of the form http(s)://… can be connected to.");
        try
        {
            var connection = await ConnectAsync(hub, cancellationToken).ConfigureAwait(false);
            Log.Connected(_logger, connection.ConnectionId);
            return connection;
        }
        // network failures, and anything that the application's token provider and callbacks throw
        catch (Exception ex)
        {
            if (cancellationToken.IsCancellationRequested)
                throw new OperationCanceledException(ex.Message, ex, cancellationToken);
            Log.ConnectFailed(_logger, ex);
            var cause = ex is AggregateException many ? Tried(many) : ex;
            throw new ChatConnectException($"No connection to {hub.GetLeftPart(UriPartial.Path)}: {cause.Message}",
                cause);
        }
    }

    private async Task<ChatConnection> ConnectAsync(Uri hub, CancellationToken ct)
    {
        var http = new ConnectionHttp(options);
        var dialer = new SocketDialer(http, options, _logger);
        // SignalR logs the addresses of its requests, which contain the connection's secret token.
        var connection = new HttpConnection(Describe(hub, http, dialer), loggerFactory: null);
        try
        {
            await connection.StartAsync(TransferFormat.Text, ct).ConfigureAwait(false);
            return new ChatConnection(connection, http, dialer, options);
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            http.Dispose();
            throw;
        }
    }

    private HttpConnectionOptions Describe(Uri hub, ConnectionHttp http, SocketDialer dialer) => new()
    {
        Url = hub,
        Transports = Convert(options.Transports),
        SkipNegotiation = options.SkipNegotiation,
        CloseTimeout = options.CloseTimeout,
        UseStatefulReconnect = options.StatefulReconnect && options.Transports.HasFlag(ChatTransports.WebSockets),
        HttpMessageHandlerFactory = prepared =>
        {
            prepared.Dispose();
            return http;
        },
        WebSocketFactory = dialer.OpenAsync,
    };

    private static HttpTransportType Convert(ChatTransports transports) =>
        (transports.HasFlag(ChatTransports.WebSockets) ? HttpTransportType.WebSockets : 0)
        | (transports.HasFlag(ChatTransports.ServerSentEvents) ? HttpTransportType.ServerSentEvents : 0)
        | (transports.HasFlag(ChatTransports.LongPolling) ? HttpTransportType.LongPolling : 0);

    /// <summary>Only the transports that were tried count, not those that are switched off.</summary>
    private Exception Tried(AggregateException all)
    {
        var tried = all.InnerExceptions.Select(failure => failure.InnerException).OfType<Exception>().ToList();
        return tried.Count > 0
            ? new AggregateException("None of the transports that client and server have in common could be started.",
                tried)
            : new InvalidOperationException($"The server offers none of the allowed transports ({options.Transports}).",
                all);
    }

    private static partial class Log
    {
        [LoggerMessage(7000, LogLevel.Debug, "Connected as {ConnectionId}")]
        public static partial void Connected(ILogger logger, string? connectionId);

        [LoggerMessage(7002, LogLevel.Debug, "No connection could be made")]
        public static partial void ConnectFailed(ILogger logger, Exception exception);
    }
}
