using BlazorServer;
using Chat.Server;
using Microsoft.AspNetCore.Authentication.BearerToken;

// A chat and its pages in one application: interactive Blazor on the server. dotnet run --project samples/BlazorServer
var builder = WebApplication.CreateBuilder(args);
builder.Services.AddRazorComponents().AddInteractiveServerComponents();
builder.Services.AddCascadingAuthenticationState();
builder.Services.AddAccounts(); // its own sign-in, by cookie, and tokens for circuits
builder.Services.AddChat().UseSqlite("chat.db");

var app = builder.Build();
app.UseAntiforgery();
app.MapStaticAssets();
app.MapAccounts();
app.MapRazorComponents<Site>().AddInteractiveServerRenderMode();
// Only circuits talk to the chat: browsers are shown what the circuits draw.
app.MapChat("/chat", ChatParts.Hub).RequireAuthorization(policy => policy
    .AddAuthenticationSchemes(BearerTokenDefaults.AuthenticationScheme).RequireAuthenticatedUser());
app.Run();
