using Chat.Server.Identity;
using Chat.Server.Sockets;
using Chat.Server.Transports.Http;

namespace Chat.Server.Transports.WebSockets;

/// <summary>Looks whether a request may become a raw socket, and has it served.</summary>
internal sealed partial class RawSocketEndpoint(IIdentity identity, RawSocketHost host, RawSocketContext context)
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
        var opening = new RawSocketOpening(
            caller, RawDialect.Create(camelCase, features), http.Connection.RemoteIpAddress);
        if (Handover.Of(http) is { } handover) await host.LeaveHttpAsync(opening, http, handover);
        else await host.ServeAsync(opening, http);
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
