using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Server;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace SdkSnippets;

/// <summary>What docs/embedding.md shows.</summary>
internal static class EmbeddingSnippets
{
    public static void Embed(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddAuthentication().AddJwtBearer();                     // whatever you have already
        builder.Services.AddAuthorization();
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

    public static async Task FromCode(IChat chat, UserId ann, UserId ben)
    {
        var room = await chat.AsSystem.CreateAsync(new() { ParticipantIds = [ann, ben], Title = "Order 17" });
        await chat.As(ann).SendAsync(room.Id, "Where is it?");                    // with Ann's rights
        await chat.AsSystem.SendAsync(room.Id, "It left our house at 9:00.");     // as the application
    }

    public static async Task WithATransaction(
        ShopContext db, Guid order, ConversationId room, UserId shop)
    {
        db.Orders.Add(new SoldOrder { Id = order });
        db.Chat().Send(room, shop, "Your order is confirmed.", new() { DedupeKey = $"order:{order}" });
        await db.SaveChangesAsync();                                              // both, or neither
    }

    public static async Task WithItsHistory(
        IChat chat, Guid order, DateTimeOffset placedAt, UserId ann, UserId ben)
    {
        async IAsyncEnumerable<ConversationEntry> History()
        {
            var room = new ConversationId(order);                                 // your own id may be its id
            yield return new ConversationCreatedEntry
            {
                Id = MessageId.New(placedAt), ConversationId = room, Sequence = 1, SenderId = ann, CreatedAt = placedAt,
                ParticipantIds = [ann, ben], Title = "Order 17",
            };
            var sequence = 1L;
            await foreach (var old in OldMessages(order))
                yield return new MessageEntry
                {
                    Id = MessageId.New(old.At), ConversationId = room, Sequence = ++sequence, SenderId = old.Sender,
                    CreatedAt = old.At, Body = old.Text,
                };
        }
        await chat.ImportAsync(History());
    }

    private static async IAsyncEnumerable<(DateTimeOffset At, UserId Sender, string Text)> OldMessages(Guid order)
    {
        await Task.CompletedTask;
        yield return (DateTimeOffset.UnixEpoch, UserId.Parse("ann"), $"where is {order}?");
    }
}
