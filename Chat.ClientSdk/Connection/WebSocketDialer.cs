using System.Net.WebSockets;

namespace Chat.ClientSdk.Connection;

/// <summary>Opens the WebSocket of a connection, again and again if need be.</summary>
internal sealed class WebSocketDialer(HttpClient http, Uri url, ChatClientOptions options)
{
    /// <exception cref="HttpRequestException">No WebSocket; with the status if the server answered at all.</exception>
    public async Task<WebSocket> OpenAsync(CancellationToken ct)
    {
        var socket = new ClientWebSocket();
        try
        {
            socket.Options.CollectHttpResponseDetails = true;
            socket.Options.KeepAliveInterval = TimeSpan.Zero; // the hub's own pings do that
            options.ConfigureWebSocket?.Invoke(socket.Options);
            // Through the connection's own handler: its token, headers, cookies, proxy and certificates count here too.
            await socket.ConnectAsync(HubUrl.WebSocket(url), http, ct).ConfigureAwait(false);
            return socket;
        }
        catch (WebSocketException ex)
        {
            var status = socket.HttpStatusCode;
            socket.Dispose();
            throw new HttpRequestException("The WebSocket could not be opened.", ex, status == 0 ? null : status);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
