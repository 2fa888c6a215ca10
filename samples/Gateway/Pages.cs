using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace Gateway;

/// <summary>What the gateway answers itself: the page around the web app, and its tokens.</summary>
internal static class Pages
{
    private const string Page =
        """
        <!doctype html>
        <html lang="en">
        <head>
          <meta charset="utf-8"><title>Chat</title>
          <meta name="viewport" content="width=device-width, initial-scale=1, interactive-widget=resizes-content">
          <link rel="icon" href="app/icon.svg" type="image/svg+xml">
          <link rel="stylesheet" href="app/base.css">
          <link rel="stylesheet" href="app/layout.css">
          <link rel="stylesheet" href="app/messages.css">
          <script src="gateway/host.js"></script>
          <script type="module" src="app/main.js"></script>
        </head>
        <body>
          <div id="app"></div>
          <div id="announcer" class="hidden-text" role="log" aria-live="polite"></div>
        </body>
        </html>
        """;

    // The token is for the connection that is open: it is renewed there. In each request the gateway puts its own.
    private const string Host =
        """
        globalThis.chatHost = {
          accessToken: async () => {
            const answer = await fetch('gateway/token');
            if (answer.status === 401) return null;
            if (!answer.ok) throw new Error(`The gateway answers ${answer.status}.`);
            return answer.text();
          },
          signOut: async () => {
            await fetch('gateway/sign-out', { method: 'POST' });
            location.reload();
          },
        };
        """;

    public static void MapPages(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/", () => Results.Content(Page, "text/html; charset=utf-8")).RequireAuthorization();
        endpoints.MapGet("/gateway/host.js", () => Results.Content(Host, "text/javascript; charset=utf-8"));
        endpoints.MapGet("/gateway/token", (HttpContext http, UserTokens tokens) =>
        {
            http.Response.Headers.CacheControl = "no-store";
            return Results.Text(tokens.Of(http.User));
        }).RequireAuthorization();
        // Pages of other sites cannot call it as the user: their requests come without the cookie (SameSite=Lax).
        endpoints.MapPost("/gateway/sign-out", (HttpContext http) =>
            http.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme));
    }

    /// <summary>People are sent to the page where they sign in; programs are told that nobody has.</summary>
    public static Task RedirectOnlyPagesAsync(RedirectContext<CookieAuthenticationOptions> context)
    {
        if (context.Request.Path == "/") context.Response.Redirect(context.RedirectUri);
        else context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        return Task.CompletedTask;
    }
}
