using Gateway;
using Microsoft.AspNetCore.Authentication.Cookies;
using SignIn;

// Stands in front of a chat server: people sign in here, by cookie, and the server gets a token of the user.
// dotnet run --project samples/Gateway -- --urls http://localhost:5003 --Chat http://localhost:8080/
// See docs/sign-in.md. Let nobody reach the chat server past the gateway.
var builder = WebApplication.CreateBuilder(args);
var settings = GatewaySettings.Read(builder.Configuration);
builder.Services.AddSingleton(TimeProvider.System);
builder.Services.AddSingleton(settings);
builder.Services.AddSingleton<UserTokens>();
builder.Services.AddAntiforgery();
builder.Services.AddAuthorization();
builder.Services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie(cookie =>
{
    cookie.LoginPath = LoginPage.Path;
    cookie.Events.OnRedirectToLogin = Pages.RedirectOnlyPagesAsync;
});
builder.Services.AddChatProxy(settings);

var app = builder.Build();
if (settings.IsNew) Console.WriteLine(settings.ForTheServer());
app.UseAuthentication();
app.UseAuthorization();
app.UseAntiforgery();
app.MapLoginPage();
app.MapPages();
app.MapReverseProxy().RequireAuthorization();
app.Run();
