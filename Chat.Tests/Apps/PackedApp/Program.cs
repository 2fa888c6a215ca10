// An application with a chat below a path base, beside a hub of its own. With "--here" it serves without a network and
// calls itself.
using Chat.Server;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.TestHost;
using PackedApp;

var isHere = args.Contains("--here");
var builder = WebApplication.CreateBuilder(args);
if (isHere) builder.WebHost.UseTestServer();
builder.Services.AddSignalR();
builder.Services.AddChat(chat => chat.Settings["Identity:Mode"] = "Open").UseSqlite("chat.db");
var app = builder.Build();
app.UsePathBase("/team");
app.UseRouting();
app.MapGet("/", () => "the application");
app.MapGet("/types", () => string.Join('\n', typeof(ChatParts).Assembly.GetTypes().Select(type => type.FullName)));
app.MapHub<OwnHub>("/own");
app.MapChat();
if (!isHere)
{
    app.Run();
    return;
}
await app.StartAsync();
await SelfTest.RunAsync(app.GetTestServer());
Console.WriteLine("all of it answered");
await app.StopAsync();

internal sealed class OwnHub : Hub
{
    public string Now() => "the application's own";
}
