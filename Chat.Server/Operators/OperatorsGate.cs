using Chat.Server.Transports.Http;
using Chat.Server.Web;

namespace Chat.Server.Operators;

/// <summary>Serves what is for operators on their own listener only, to those who have the key. A refusal reveals
/// nothing of what is behind it, not even what exists.</summary>
internal sealed partial class OperatorsGate(
    RequestDelegate next, OperatorsListener listener, OperatorsDoor door, OperatorSessions sessions,
    ILogger<OperatorsGate> logger)
{
    private static readonly PathString[] Guarded =
        ["/tasks", "/metrics", "/docs", "/openapi", "/api/v1/admin"];

    public Task InvokeAsync(HttpContext http)
    {
        var path = http.Request.Path;
        if (!Guarded.Any(guarded => path.StartsWithSegments(guarded)))
            return path.StartsWithSegments(OperatorsPage.Path) && !listener.IsOf(http) ? ElsewhereAsync(http)
                : next(http);
        return listener.IsOf(http) ? LetInAsync(http) : ElsewhereAsync(http);
    }

    private async Task LetInAsync(HttpContext http)
    {
        string? name = null;
        if (OperatorCredentials.Of(http.Request) is { } given)
        {
            if (door.Opens(http, given.Key, out var wait)) name = given.Name;
            else if (wait > TimeSpan.Zero)
            {
                await TooManyAsync(http, wait);
                return;
            }
        }
        name ??= sessions.NameOf(http.Request);
        if (name is null) await AskForKeyAsync(http);
        else if (!IsRead(http.Request)) await ChangeAsync(http, name);
        else await next(http);
    }

    private async Task ChangeAsync(HttpContext http, string name)
    {
        if (CrossSite.IsForeign(http.Request) || http.Request.Headers["Sec-Fetch-Site"] == "none")
        {
            await RefuseAsync(http, StatusCodes.Status403Forbidden, "changes from pages of other sites are refused");
            return;
        }
        await next(http);
        Log.Changed(logger, name.Length > 0 ? name : "an operator", http.Connection.RemoteIpAddress,
            http.Request.Method, http.Request.Path, http.Response.StatusCode);
    }

    private static Task AskForKeyAsync(HttpContext http)
    {
        var request = http.Request;
        if (HttpMethods.IsGet(request.Method) && request.Headers["Sec-Fetch-Mode"] == "navigate")
        {
            RelativeRedirect.Write(http, $"{OperatorsPage.Path[1..]}?to={Uri.EscapeDataString(request.Path)}");
            return Task.CompletedTask;
        }
        // Not to our own pages, in which the browser would ask over them.
        if (request.Headers["Sec-Fetch-Site"].Count == 0)
            http.Response.Headers.WWWAuthenticate = """Basic realm="Chat operators", charset="UTF-8" """.TrimEnd();
        return RefuseAsync(http, StatusCodes.Status401Unauthorized,
            "the operators' key is required, as the password of Basic or as a Bearer token; browsers sign in at "
                + OperatorsPage.Path);
    }

    private Task ElsewhereAsync(HttpContext http)
    {
        if (http.Request.Headers.Authorization.Count > 0
            && door.KnockedElsewhere(http) is var wait && wait > TimeSpan.Zero)
            return TooManyAsync(http, wait);
        return RefuseAsync(http, StatusCodes.Status403Forbidden,
            "this page is served at the operators' address only: the server logs that address at start, and "
                + "Chat:Operators:Url sets it");
    }

    public static Task TooManyAsync(HttpContext http, TimeSpan wait) =>
        ErrorAnswer.WriteAsync(http, StatusCodes.Status429TooManyRequests, "too many keys: try again later", wait);

    private static bool IsRead(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);

    private static Task RefuseAsync(HttpContext http, int status, string error) =>
        ErrorAnswer.WriteAsync(http, status, error);

    private static partial class Log
    {
        [LoggerMessage(1062, LogLevel.Information, "{Who} ({Address}) did {Method} {Path}: {Status}")]
        public static partial void Changed(
            ILogger logger, string who, System.Net.IPAddress? address, string method, string path, int status);
    }
}
