using Chat.Contracts.Identifiers;
using Chat.Server;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace SdkSnippets;

/// <summary>What docs/embedding.md shows.</summary>
internal static class EmbeddingSnippets
{
    public static void SixLines(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddAuthentication().AddJwtBearer();                     // whatever you have already
        builder.Services.AddChat()
            .UsePostgres(builder.Configuration.GetConnectionString("Chat")!);    // or .UseSqlite("chat.db")
        var app = builder.Build();
        app.MapChat().RequireAuthorization();
        app.Run();
    }

    public static void WhoIsCalling(WebApplicationBuilder builder)
    {
        builder.Services.AddChat()
            .UseSqlite("chat.db")
            .MapUser(principal => principal.FindFirst("employee")?.Value is { } number
                ? new ChatUser(UserId.Parse(number)) { Name = principal.Identity?.Name, Tenant = "acme" }
                : null);                                                          // null: not in the chat
    }

    public static void Settings(WebApplicationBuilder builder)
    {
        builder.Services.AddChat(chat => chat.Settings["Limits:Factor"] = "2");
    }

    public static void HealthAndShutdown(WebApplicationBuilder builder)
    {
        builder.Services.AddHealthChecks().AddChat();
        builder.Services.AddChat().UseSqlite("chat.db").DrainOnShutdown();
    }
}
