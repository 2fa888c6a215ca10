using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Mvc;

namespace EmbeddedChat;

/// <summary>The shop's own sign-in, by cookie: in its place stands what your application has already. The chat reads
/// the claims "sub", a user's id, and "name".</summary>
internal static class Accounts
{
    /// <summary>The clerk of the shop.</summary>
    public const string Clerk = "clerk";

    private const string Scheme = CookieAuthenticationDefaults.AuthenticationScheme;

    // A demonstration: everybody knows these passwords.
    private static readonly (string Id, string Name, string Password)[] All =
        [("ann", "Ann Archer", "wonderland"), ("ben", "Ben Baker", "greenhouse"), (Clerk, "The clerk", "counter")];

    public static void AddAccounts(this IServiceCollection services)
    {
        services.AddAntiforgery();
        services.AddAuthorization();
        services.AddAuthentication(Scheme).AddCookie(cookie =>
        {
            cookie.LoginPath = "/sign-in";
            // Pages are sent to the sign-in; the chat's clients are programs, and are told that nobody has signed in.
            cookie.Events.OnRedirectToLogin = context =>
            {
                if (context.Request.Path.StartsWithSegments("/chat"))
                    context.Response.StatusCode = StatusCodes.Status401Unauthorized;
                else context.Response.Redirect(context.RedirectUri);
                return Task.CompletedTask;
            };
        });
    }

    public static void MapAccounts(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/sign-in", Pages.SignIn);
        endpoints.MapPost("/sign-in", SignInAsync);
        endpoints.MapPost("/sign-out", (HttpContext http) => http.SignOutAsync(Scheme));
    }

    /// <summary>Whom this request is of.</summary>
    public static string IdOf(ClaimsPrincipal user) => user.FindFirstValue("sub")!;

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
