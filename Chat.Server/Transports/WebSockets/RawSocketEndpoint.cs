using Chat.Contracts.Identifiers;
using Chat.Server.Core;
using Chat.Server.FanOut;
using Chat.Server.Hosting.Http;
using Chat.Server.Identity;
using Chat.Server.Observability;
using Chat.Server.Presence;
using Chat.Server.Transports.Framing;
using Microsoft.Extensions.Options;

namespace Chat.Server.Transports.WebSockets;

/// <summary>Turns a request into a raw socket and serves it.</summary>
internal sealed partial class RawSocketEndpoint(
    OpenIdentity identity, ChatService chat, PresenceDesk presenceDesk, LocalPresence presence, RawSessions sessions, ReaderRegistry readers, ReaderContext readerContext, ChatMetrics metrics,
    IOptions<RawSocketOptions> options, CoreOptions core, ILogger<RawSocketConnection> logger)
{
    public const string Path = "/api/v1/chat/ws";

    public async Task HandleAsync(HttpContext http)
    {
        if (!identity.TryIdentify(http, out var user, out var problem)
            || !RawFeatureNames.TryParse(http.Request.Query["features"], out var features, out problem))
        {
            await RefuseAsync(http, problem);
            return;
        }
        if (!http.WebSockets.IsWebSocketRequest)
        {
            await RefuseAsync(http, "this address is for WebSocket connections: send an upgrade request");
            return;
        }
        var camelCase = !http.Request.Query.ContainsKey(OpenIdentity.UserParameter);
        await ServeAsync(http, user, RawDialect.Create(camelCase, features));
    }

    private async Task ServeAsync(HttpContext http, UserId user, RawDialect dialect)
    {
        var accept = new WebSocketAcceptContext
        {
            KeepAliveInterval = TimeSpan.FromSeconds(options.Value.PingSeconds),
            KeepAliveTimeout = TimeSpan.FromSeconds(options.Value.PongTimeoutSeconds),
        };
        using var socket = await http.WebSockets.AcceptWebSocketAsync(accept);
        var stream = SharedStreamUpgrade.StreamOf(http)!;
        var reader = new RawSocketReader(user, dialect, stream, http, readerContext);
        var connection = new RawSocketConnection(socket, reader, dialect, chat, presenceDesk, core.SendsInFlightPerConnection, metrics, logger);
        readers.Add(reader);
        metrics.ConnectionOpened(ChatTransport.WebSocket);
        presence.Enter(user);
        try
        {
            await sessions.AddAsync(user, connection);
            await connection.RunAsync(http.RequestAborted);
        }
        finally
        {
            sessions.Remove(user, connection);
            readers.Remove(reader);
            metrics.ConnectionClosed(ChatTransport.WebSocket);
            presence.Exit(user);
        }
    }

    private Task RefuseAsync(HttpContext http, string problem)
    {
        Log.Refused(logger, http.Connection.RemoteIpAddress, problem);
        return JsonAnswer.WriteAsync(http, StatusCodes.Status400BadRequest, new ErrorBody(problem), ErrorJson.Default.ErrorBody);
    }

    private static partial class Log
    {
        [LoggerMessage(1040, LogLevel.Debug, "Refused a raw socket of {Address}: {Problem}")]
        public static partial void Refused(ILogger logger, System.Net.IPAddress? address, string problem);
    }
}
