using Chat.Contracts.Errors;
using Chat.Server.Callers;
using Chat.Server.Identity;
using Chat.Server.Keys;
using Chat.Server.Transports.Http;
using Chat.Server.Web;

namespace Chat.Server.Operators;

/// <summary>Serves what is for operators on their own listener only, to those who have a key for it. A refusal reveals
/// nothing of what is behind it, not even what exists.</summary>
/// <remarks>The admin API is there too, and for back ends with a key at the public address; what their key must allow,
/// each endpoint says (<see cref="ScopeGate"/>).</remarks>
internal sealed class OperatorsGate(
    RequestDelegate next, OperatorsListener listener, OperatorsDoor door, OperatorSessions sessions,
    OperatorsChanges changes)
{
    private static readonly PathString Admin = "/api/v1/admin";

    private static readonly PathString[] Guarded = ["/tasks", "/metrics", "/docs", "/openapi", Admin];

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
        KeyHolder? holder = null;
        if (OperatorCredentials.Of(http.Request) is { } given)
        {
            if (Credential.IsKey(given.Key))
            {
                await WithKeyAsync(http, given.Key, http.Request.Path.StartsWithSegments(Admin)
                    ? KeyScopes.Admin | KeyScopes.Operator
                    : KeyScopes.Operator);
                return;
            }
            if (door.Opens(http, given.Key, out var wait)) holder = OperatorName.HolderOf(given.Name);
            else if (wait > TimeSpan.Zero)
            {
                await TooManyAsync(http, wait);
                return;
            }
        }
        holder ??= await sessions.FindAsync(http.Request);
        if (holder is null) await AskForKeyAsync(http);
        else if (OperatorsDoor.Admit(http, holder) is { } refusal) await RefusalAnswer.WriteAsync(http, refusal);
        else await GoOnAsync(http);
    }

    /// <summary>With a back end's key.</summary>
    /// <param name="http">The request.</param>
    /// <param name="given">The key.</param>
    /// <param name="scopes">Of which it must have one.</param>
    private async Task WithKeyAsync(HttpContext http, string given, KeyScopes scopes)
    {
        if (await door.OpenAsync(http, given) is { } refusal) await RefusalAnswer.WriteAsync(http, refusal);
        else if ((KeyHolders.Of(http).Scopes & scopes) == 0)
            await RefusalAnswer.WriteAsync(http, new ChatError(ChatErrorCode.Forbidden,
                $"the key has none of the scopes for this: {string.Join(", ", KeyScopeNames.Of(scopes))}"));
        else await GoOnAsync(http);
    }

    private async Task GoOnAsync(HttpContext http)
    {
        if (IsRead(http.Request))
        {
            await next(http);
            return;
        }
        if (CrossSite.IsForeign(http.Request) || http.Request.Headers["Sec-Fetch-Site"] == "none")
        {
            await RefuseAsync(http, StatusCodes.Status403Forbidden, "changes from pages of other sites are refused");
            return;
        }
        await next(http);
        changes.Note(http);
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
        if (http.Request.Path.StartsWithSegments(Admin) && KeyDoor.GivenIn(http.Request) is { } key)
            return FromElsewhereAsync(http, key);
        if (http.Request.Headers.Authorization.Count > 0
            && door.KnockedElsewhere(http) is var wait && wait > TimeSpan.Zero)
            return TooManyAsync(http, wait);
        return RefuseAsync(http, StatusCodes.Status403Forbidden,
            "this page is served at the operators' address only: the server logs that address at start, and "
                + "Chat:Operators:Url sets it");
    }

    /// <summary>At the public address a key lets into the admin API, and never to what is for operators.</summary>
    private async Task FromElsewhereAsync(HttpContext http, string key)
    {
        if (await door.OpenAsync(http, key) is { } refusal)
        {
            await RefusalAnswer.WriteAsync(http, refusal);
            return;
        }
        var holder = KeyHolders.Of(http);
        KeyHolders.Set(http, holder with { Scopes = holder.Scopes & ~KeyScopes.Operator });
        await GoOnAsync(http);
    }

    public static Task TooManyAsync(HttpContext http, TimeSpan wait) =>
        ErrorAnswer.WriteAsync(http, StatusCodes.Status429TooManyRequests, "too many keys: try again later", wait);

    private static bool IsRead(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);

    private static Task RefuseAsync(HttpContext http, int status, string error) =>
        ErrorAnswer.WriteAsync(http, status, error);
}
