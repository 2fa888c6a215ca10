using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.BearerToken;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Mvc;

namespace BlazorServer;

/// <summary>The application's own sign-in, by cookie: in its place stands what yours has already. The chat reads the
/// claims "sub", a user's id, and "name".</summary>
internal static class Accounts
{
    private const string Scheme = CookieAuthenticationDefaults.AuthenticationScheme;

    // A demonstration: everybody knows these passwords.
    private static readonly (string Id, string Name, string Password)[] All =
        [("ann", "Ann Archer", "wonderland"), ("ben", "Ben Baker", "greenhouse")];

    public static void AddAccounts(this IServiceCollection services)
    {
        services.AddAuthorization();
        services.AddAuthentication(Scheme).AddCookie(cookie => cookie.LoginPath = "/sign-in").AddBearerToken();
        services.AddScoped<CircuitTokens>();
    }

    public static void MapAccounts(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPost("/sign-in", SignInAsync);
        // It needs nothing of the form, but only where a form is taken its antiforgery token is checked.
        endpoints.MapPost("/sign-out", async (HttpContext http, IFormCollection _) =>
        {
            await http.SignOutAsync(Scheme);
            return Results.Redirect("/sign-in");
        });
    }

    private static async Task<IResult> SignInAsync(
        HttpContext http, [FromForm] string user, [FromForm] string password)
    {
        var known = All.FirstOrDefault(one => one.Id == user && one.Password == password);
        if (known.Id is null) return Results.Redirect("/sign-in");
        var claims = new[] { new Claim("sub", known.Id), new Claim("name", known.Name) };
        await http.SignInAsync(Scheme, new ClaimsPrincipal(new ClaimsIdentity(claims, Scheme)));
        return Results.Redirect("/");
    }
}
