using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.Extensions.Logging;

namespace Chat.ClientSdk.Connection;

/// <summary>Makes the connections of a hub client: negotiates, and takes the first transport that works.</summary>
/// <remarks>Every failure but cancellation is a <see cref="ChatConnectException"/>.</remarks>
internal sealed partial class HttpConnectionFactory(ChatClientOptions options) : IConnectionFactory
{
    private const string TextFormat = "Text";
    private readonly ILogger _logger = options.LoggerFactory.CreateLogger<HttpConnectionFactory>();

    public async ValueTask<ConnectionContext> ConnectAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        if (endpoint is not UriEndPoint { Uri: var hub }) throw new NotSupportedException("Only addresses of the form http(s)://… can be connected to.");
        HttpClient? http = null;
        try
        {
            var token = new AccessToken(options.AccessTokenProvider);
            http = ConnectionHttp.Create(options, token);
            return options.SkipNegotiation
                ? await ConnectDirectlyAsync(http, hub, cancellationToken).ConfigureAwait(false)
                : await NegotiateAsync(http, hub, token, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception ex) // besides what the network throws: whatever the application's token provider and callbacks do
        {
            http?.Dispose();
            if (cancellationToken.IsCancellationRequested) throw new OperationCanceledException(ex.Message, ex, cancellationToken);
            Log.ConnectFailed(_logger, ex);
            if (ex is ChatConnectException) throw;
            throw new ChatConnectException($"No connection to {hub.GetLeftPart(UriPartial.Path)}: {ex.Message}", ex);
        }
    }

    private async Task<ConnectionContext> ConnectDirectlyAsync(HttpClient http, Uri hub, CancellationToken ct)
    {
        var transport = await WebSocketTransport.StartAsync(
            new WebSocketDialer(http, hub, options), stateful: false, options, _logger, ct).ConfigureAwait(false);
        return new HttpConnectionContext(transport, http, connectionId: null);
    }

    private async Task<ConnectionContext> NegotiateAsync(HttpClient http, Uri hub, AccessToken token, CancellationToken ct)
    {
        var stateful = options.StatefulReconnect && options.Transports.HasFlag(ChatTransports.WebSockets);
        var answer = await Negotiation.AskAsync(http, hub, token, stateful, ct).ConfigureAwait(false);
        var failures = new List<Exception>();
        foreach (var offer in answer.Offers)
        {
            if (Usable(offer) is not { } kind) continue;
            try
            {
                // A token that a transport failed with is used up: each further attempt negotiates anew.
                if (failures.Count > 0) answer = await Negotiation.AskAsync(http, answer.Hub, token, stateful, ct).ConfigureAwait(false);
                var transport = await StartAsync(kind, http, answer, ct).ConfigureAwait(false);
                Log.Connected(_logger, kind, answer.ConnectionId);
                return new HttpConnectionContext(transport, http, answer.ConnectionId);
            }
            catch (Exception ex) when (!ct.IsCancellationRequested) // any failure: the next transport may work
            {
                Log.TransportFailed(_logger, kind, ex);
                failures.Add(ex);
            }
        }
        if (failures.Count > 0) throw new AggregateException("None of the transports that client and server have in common could be started.", failures);
        throw new InvalidOperationException($"The server offers none of the allowed transports ({options.Transports}).");
    }

    private ChatTransports? Usable(AvailableTransport offer)
    {
        var kind = offer.Transport switch
        {
            nameof(ChatTransports.WebSockets) => ChatTransports.WebSockets,
            nameof(ChatTransports.LongPolling) => ChatTransports.LongPolling,
            _ => ChatTransports.None,
        };
        return (kind & options.Transports) != 0 && offer.TransferFormats?.Contains(TextFormat) == true ? kind : null;
    }

    private async Task<ITransport> StartAsync(ChatTransports kind, HttpClient http, Negotiation answer, CancellationToken ct) =>
        kind == ChatTransports.WebSockets
            ? await WebSocketTransport.StartAsync(new WebSocketDialer(http, answer.Connect, options), answer.Stateful, options, _logger, ct).ConfigureAwait(false)
            : await LongPollingTransport.StartAsync(http, answer.Connect, options, _logger, ct).ConfigureAwait(false);

    private static partial class Log
    {
        [LoggerMessage(7000, LogLevel.Debug, "Connected by {Transport} as {ConnectionId}")]
        public static partial void Connected(ILogger logger, ChatTransports transport, string connectionId);

        [LoggerMessage(7001, LogLevel.Debug, "The transport {Transport} could not be started")]
        public static partial void TransportFailed(ILogger logger, ChatTransports transport, Exception exception);

        [LoggerMessage(7002, LogLevel.Information, "No connection could be made")]
        public static partial void ConnectFailed(ILogger logger, Exception exception);
    }
}
