using Chat.Contracts.Protocol;
using Chat.Server.Connections;
using Chat.Server.Hosting.Http;
using Chat.Server.Transports.Http;

namespace Chat.Server.Hosting.Drain;

/// <summary>While the instance drains: takes no new connections, and has every HTTP answer end its connection, so that
/// the next request goes elsewhere. Before it has seen its deployment it takes nothing.</summary>
internal sealed partial class DrainGate(RequestDelegate next, DrainState state, ILogger<DrainGate> logger)
{
    private const string
        ShuttingDown = "this server is shutting down: connect again, to another one if there is one",
        NotServing = "this server does not know its deployment yet, or may not serve it: try again";

    private static readonly Func<object, Task> Finish = static s =>
    {
        var (state, http) = ((DrainState, HttpContext))s;
        if (state.IsAnnounced) EndConnection(http);
        if (state.IsLeaving) SendElsewhere(http);
        return Task.CompletedTask;
    };

    public Task InvokeAsync(HttpContext http)
    {
        var isUpgrade = Opening.IsUpgrade(http);
        if ((state.IsClosed && (http.Request.Path.StartsWithSegments("/api")
                || http.Request.Path.StartsWithSegments("/hubs")))
            || state.IsLeaving && (isUpgrade || Opening.OpensHubConnection(http.Request))) return RefuseAsync(http);
        // At the start of the answer, because a poll may have begun to wait long before. An upgrade has a Connection
        // header of its own.
        if (!isUpgrade) http.Response.OnStarting(Finish, (state, http));
        return next(http);
    }

    private Task RefuseAsync(HttpContext http)
    {
        Log.Refused(logger, http.Request.Path, http.Connection.RemoteIpAddress);
        EndConnection(http);
        return ErrorAnswer.WriteAsync(http, StatusCodes.Status503ServiceUnavailable,
            state.IsAnnounced ? ShuttingDown : NotServing, TimeSpan.FromSeconds(1));
    }

    private static void EndConnection(HttpContext http)
    {
        // HTTP/2 and 3 have no such header; there the end of the connection is the web server's to tell.
        if (HttpProtocol.IsHttp11(http.Request.Protocol) || HttpProtocol.IsHttp10(http.Request.Protocol))
            http.Response.Headers.Connection = "close";
    }

    /// <summary>A poll of a hub connection that was negotiated with another instance, because this one refused to: a
    /// proxy may ask that one.</summary>
    private static void SendElsewhere(HttpContext http)
    {
        var isUnknown = http.Response.StatusCode == StatusCodes.Status404NotFound;
        if (!isUnknown || !Opening.IsAt(http.Request, ChatHubRoute.Path)) return;
        http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        http.Response.Headers.RetryAfter = "1";
    }

    private static partial class Log
    {
        [LoggerMessage(1034, LogLevel.Debug, "Refused to open {Path} for {Address}: draining")]
        public static partial void Refused(ILogger logger, string? path, System.Net.IPAddress? address);
    }
}
