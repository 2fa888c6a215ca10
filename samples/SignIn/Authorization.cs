using System.Security.Claims;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace SignIn;

/// <summary>Where the web app sends people, and where they go when they leave.</summary>
internal static class Authorization
{
    private const string Answer = OpenIddictServerAspNetCoreDefaults.AuthenticationScheme;
    private const string Session = CookieAuthenticationDefaults.AuthenticationScheme;

    private static readonly string[] GetAndPost = ["GET", "POST"];

    public static void MapAuthorize(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapMethods("connect/authorize", GetAndPost, (Delegate)AuthorizeAsync).DisableAntiforgery();

    public static void MapSignOut(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapMethods("connect/logout", GetAndPost, async (HttpContext http) =>
        {
            await http.SignOutAsync(Session);
            return Results.SignOut(new AuthenticationProperties { RedirectUri = LoginPage.Path }, [Answer]);
        }).DisableAntiforgery();

    private static async Task<IResult> AuthorizeAsync(HttpContext http)
    {
        var request = http.GetOpenIddictServerRequest()!;
        if (http.Request.Query.ContainsKey(LoginPage.Denied))
            return Refuse(Errors.AccessDenied, "Somebody has said no.");
        var session = await http.AuthenticateAsync(Session);
        if (session.Principal is { } person) return Results.SignIn(PrincipalOf(person, request), null, Answer);
        if (request.HasPromptValue(PromptValues.None)) return Refuse(Errors.LoginRequired, "Nobody is signed in here.");
        var back = http.Request.PathBase + http.Request.Path + http.Request.QueryString;
        return Results.Challenge(new AuthenticationProperties { RedirectUri = back }, [Session]);
    }

    private static ClaimsPrincipal PrincipalOf(ClaimsPrincipal person, OpenIddictRequest request)
    {
        var identity = new ClaimsIdentity(Answer, Claims.Name, Claims.Role);
        identity.SetClaim(Claims.Subject, person.FindFirstValue(Claims.Subject))
            .SetClaim(Claims.Name, person.FindFirstValue(Claims.Name));
        identity.SetScopes(request.GetScopes());
        identity.SetResources(Provider.Audience);
        identity.SetDestinations(static _ => [Destinations.AccessToken, Destinations.IdentityToken]);
        return new ClaimsPrincipal(identity);
    }

    private static IResult Refuse(string error, string why) => Results.Forbid(
        new AuthenticationProperties(new Dictionary<string, string?>
        {
            [OpenIddictServerAspNetCoreConstants.Properties.Error] = error,
            [OpenIddictServerAspNetCoreConstants.Properties.ErrorDescription] = why,
        }), [Answer]);
}
