using Chat.Contracts.Errors;
using Chat.Server.Callers;
using Chat.Server.Connections;
using Chat.Server.Core;
using Chat.Server.Identity;
using Chat.Server.Transports.Framing;
using Chat.Server.Transports.Http;
using Microsoft.Extensions.Options;

namespace Chat.Server.Transports.WebSockets;

/// <summary>Turns a request into a raw socket and serves it.</summary>
internal sealed partial class RawSocketEndpoint(
    IIdentity identity, ConnectionRegistry connections, RawSocketContext context,
    IOptions<RawSocketOptions> options)
{
    public const string Path = "/api/v1/chat/ws";

    public async Task HandleAsync(HttpContext http)
    {
        if (!HttpMethods.IsGet(http.Request.Method) && !HttpMethods.IsConnect(http.Request.Method))
        {
            http.Response.Headers.Allow = "GET";
            await ErrorAnswer.WriteAsync(http, StatusCodes.Status405MethodNotAllowed, "method not allowed");
            return;
        }
        if (!identity.TryIdentify(http, out var caller, out var refusal))
        {
            Log.Refused(context.Logger, http.Connection.RemoteIpAddress, refusal.Message);
            await RefusalAnswer.WriteAsync(http, refusal);
            return;
        }
        if (!RawFeatureNames.TryParse(http.Request.Query["features"], out var features, out var problem))
        {
            await RefuseAsync(http, problem);
            return;
        }
        if (!http.WebSockets.IsWebSocketRequest)
        {
            await RefuseAsync(http, "this address is for WebSocket connections: send an upgrade request");
            return;
        }
        var camelCase = CallerName.ParameterOf(http.Request) == CallerName.Camel;
        await ServeAsync(http, caller, RawDialect.Create(camelCase, features));
    }

    private async Task ServeAsync(HttpContext http, Caller caller, RawDialect dialect)
    {
        // The framework's Pings stay away while frames come, and its timeout counts nothing but the Pong. Where the web
        // server shows no stream, there are no others.
        var accept = SharedStreamUpgrade.IsInstalled(http)
            ? new WebSocketAcceptContext { KeepAliveInterval = Timeout.InfiniteTimeSpan }
            : new WebSocketAcceptContext();
        using var socket = await http.WebSockets.AcceptWebSocketAsync(accept);
        var stream = SharedStreamUpgrade.StreamOf(http)
            ?? new SharedWriteStream(new FramesToSocket(socket), context.Writers.Time);
        var writer = new RawSocketWriter(caller.User, dialect, stream, http, context.Writers)
        {
            WatchesList = dialect.Features.HasFlag(RawFeatures.Conversations),
        };
        using var connection = new RawSocketConnection(caller, socket, writer, dialect, context);
        try
        {
            connections.Open(connection, http.Connection.RemoteIpAddress);
        }
        catch (ChatException full) // others came between the look at the request and now
        {
            await connection.TurnAwayAsync(full);
            return;
        }
        if (options.Value.SingleSessionPerUser) EndOlder(connection);
        await connection.RunAsync(http.RequestAborted);
    }

    /// <summary>Not awaited: an old peer that takes nothing must not hold up the new one.</summary>
    private void EndOlder(RawSocketConnection newest)
    {
        var background = context.Writers.Background;
        foreach (var older in connections.Of(newest.User).TakeWhile(connection => connection != newest)
            .OfType<RawSocketConnection>())
            background.Watch(older.EndAsync(CloseReason.SessionReplaced, "session replaced", background.Stopping));
    }

    private Task RefuseAsync(HttpContext http, string problem)
    {
        Log.Refused(context.Logger, http.Connection.RemoteIpAddress, problem);
        return ErrorAnswer.WriteAsync(http, StatusCodes.Status400BadRequest, problem);
    }

    private static partial class Log
    {
        [LoggerMessage(1040, LogLevel.Debug, "Refused a raw socket of {Address}: {Problem}")]
        public static partial void Refused(ILogger logger, System.Net.IPAddress? address, string problem);
    }
}
