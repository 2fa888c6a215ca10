using System.Net;
using System.Net.WebSockets;
using Microsoft.Extensions.Logging;

namespace Chat.ClientSdk.Connection;

internal sealed partial class WebSocketTransport
{
    // All waits together take under half of the 15 seconds for which a server keeps a connection that lost its socket.
    private static readonly double[] WaitSeconds = [0, 0.25, 0.5, 1, 2, 3];
    private static readonly TimeSpan AttemptTimeout = TimeSpan.FromSeconds(5);

    /// <summary>Opens the same connection again; null when that is not wanted or the server does not know it any more.</summary>
    private async Task<WebSocket?> ReopenAsync()
    {
        foreach (var seconds in WaitSeconds)
        {
            if (_noReconnect.IsCancellationRequested) return null;
            using var timeout = new CancellationTokenSource(AttemptTimeout + TimeSpan.FromSeconds(seconds), _options.TimeProvider);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, _noReconnect.Token);
            try
            {
                await Task.Delay(TimeSpan.FromSeconds(seconds * Random.Shared.NextDouble()), _options.TimeProvider, either.Token).ConfigureAwait(false);
                return await _dialer.OpenAsync(either.Token).ConfigureAwait(false);
            }
            catch (HttpRequestException ex) when (ex.StatusCode is >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError)
            {
                Log.Forgotten(_logger, ex);
                return null;
            }
            catch (Exception ex) // no server, no answer in time, or whatever the application's token provider throws
            {
                Log.ReopenFailed(_logger, ex);
            }
        }
        return null;
    }

    private static partial class Log
    {
        [LoggerMessage(7010, LogLevel.Debug, "The WebSocket was replaced under the same connection id")]
        public static partial void Resumed(ILogger logger);

        [LoggerMessage(7011, LogLevel.Debug, "The server no longer knows the connection whose WebSocket was lost")]
        public static partial void Forgotten(ILogger logger, Exception exception);

        [LoggerMessage(7012, LogLevel.Debug, "The lost WebSocket could not be replaced yet")]
        public static partial void ReopenFailed(ILogger logger, Exception exception);

        [LoggerMessage(7013, LogLevel.Warning, "What was not acknowledged could not be sent again; the connection is given up")]
        public static partial void ResendFailed(ILogger logger, Exception exception);
    }
}
