using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Mvc;

namespace SignIn;

/// <summary>Name and password.</summary>
internal static class LoginPage
{
    public const string Path = "/login";

    /// <summary>In the address of a request: somebody has said no to it.</summary>
    public const string Denied = "denied";

    private const string Session = CookieAuthenticationDefaults.AuthenticationScheme;

    public static void MapLoginPage(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet(Path, (HttpContext http, IAntiforgery antiforgery, string? returnUrl) =>
            Show(http, antiforgery, returnUrl, null));
        endpoints.MapPost(Path, SignInAsync);
    }

    private static async Task<IResult> SignInAsync(
        HttpContext http, IAntiforgery antiforgery, string? returnUrl, [FromForm] string? user,
        [FromForm] string? password, [FromForm] string answer)
    {
        var back = IsOwn(returnUrl) ? returnUrl! : Path;
        if (answer == "no") return Results.LocalRedirect($"{back}{(back.Contains('?') ? '&' : '?')}{Denied}=true");
        if (DemoUsers.Check(user ?? "", password ?? "") is not { } known)
            return Show(http, antiforgery, returnUrl, "There is no such user, or this is not the password.");
        var claims = new[] { new Claim("sub", known.Id), new Claim("name", known.Name) };
        await http.SignInAsync(Session, new ClaimsPrincipal(new ClaimsIdentity(claims, Session)));
        return Results.LocalRedirect(back);
    }

    // Else a link could sign people in and send them to a page of somebody else.
    private static bool IsOwn(string? address) =>
        address is ['/', ..] && !address.StartsWith("//", StringComparison.Ordinal)
        && !address.StartsWith("/\\", StringComparison.Ordinal);

    private static IResult Show(HttpContext http, IAntiforgery antiforgery, string? returnUrl, string? problem)
    {
        var guard = antiforgery.GetAndStoreTokens(http);
        var encode = HtmlEncoder.Default;
        var action = encode.Encode($"{Path}?returnUrl={Uri.EscapeDataString(returnUrl ?? "")}");
        var said = problem is null ? "" : $"<p role=\"alert\">{encode.Encode(problem)}</p>";
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.XFrameOptions = "DENY";
        return Results.Content(
            $$"""
            <!doctype html>
            <html lang="en">
            <head>
              <meta charset="utf-8"><title>Sign in</title><link rel="icon" href="data:,">
              <meta name="viewport" content="width=device-width">
              <style>
                body { font: 1rem/1.5 system-ui, sans-serif; max-width: 22rem; margin: 4rem auto; padding: 0 1rem; }
                label { display: block; margin: 1rem 0; }
                input { display: block; width: 100%; padding: .5rem; font: inherit; box-sizing: border-box; }
                button { padding: .5rem 1rem; font: inherit; }
                [role=alert] { color: #b3261e; }
              </style>
            </head>
            <body>
              <h1>Sign in</h1>
              <p>A demonstration: <b>ann</b> with <b>wonderland</b>, <b>ben</b> with <b>greenhouse</b>.</p>
              {{said}}
              <form method="post" action="{{action}}">
                <input type="hidden" name="{{guard.FormFieldName}}" value="{{guard.RequestToken}}">
                <label>User <input name="user" autocomplete="username" autofocus></label>
                <label>Password <input name="password" type="password" autocomplete="current-password"></label>
                <button name="answer" value="yes">Sign in</button>
                <button name="answer" value="no">Cancel</button>
              </form>
            </body>
            </html>
            """, "text/html; charset=utf-8");
    }
}
