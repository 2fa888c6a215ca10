using Microsoft.AspNetCore.Authentication.Cookies;
using SignIn;

// A provider of OpenID Connect for the web app, with two people: see docs/sign-in.md.
// dotnet run --project samples/SignIn -- --urls http://localhost:5002 --Chat http://localhost:8080/
var builder = WebApplication.CreateBuilder(args);
var settings = SignInSettings.Read(builder.Configuration);
builder.Services.AddAntiforgery();
builder.Services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme)
    .AddCookie(cookie => cookie.LoginPath = LoginPage.Path);
builder.Services.AddProvider(settings);
// The web app asks for its tokens from its own page: that site, and no other, may.
builder.Services.AddCors(cors => cors.AddDefaultPolicy(policy => policy
    .WithOrigins(settings.Chat.GetLeftPart(UriPartial.Authority)).AllowAnyHeader().WithMethods("GET", "POST")));

var app = builder.Build();
await app.Services.PrepareProviderAsync(settings);
app.UseCors();
app.UseAuthentication();
app.UseAntiforgery();
app.MapLoginPage();
app.MapAuthorize();
app.MapSignOut();
app.Run();
