using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Server;
using Chat.Tests.Integration.Outboxes;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Tests.Embedding;

/// <summary>What the code of an application does with the chat in it.</summary>
public sealed class InApplicationTests
{
    private static readonly UserId Ann = UserId.Parse("ann"), Ben = UserId.Parse("ben"), Shop = UserId.Parse("shop");

    // CH-291
    [Fact]
    public async Task It_sends_at_once_and_with_its_own_transactions()
    {
        await using var host = await ForeignHost.StartAsync(
            builder =>
            {
                ForeignHost.SignsIn(builder);
                builder.Services.AddDbContext<ShopContext>(options => options.UseSqlite("Data Source="
                    + Path.Combine(builder.Environment.ContentRootPath, "shop.db")));
                builder.Services.AddChat().UseSqlite(ForeignHost.File).AddOutbox<ShopContext>();
            },
            app => app.MapChat());
        var chat = host.App.Services.GetRequiredService<IChat>();
        var room = (await chat.As(Ann).CreateAsync(new() { ParticipantIds = [Ben], Title = "Order 17" })).Id;
        await chat.As(Ann).SendAsync(room, "where is it?");
        await using (var scope = host.App.Services.CreateAsyncScope())
        {
            var db = scope.ServiceProvider.GetRequiredService<ShopContext>();
            await db.Database.EnsureCreatedAsync();
            db.Orders.Add(new Order { Id = Guid.NewGuid() });
            db.Chat().Send(room, Shop, "on its way");
            await db.SaveChangesAsync();
        }
        var bodies = new List<string?>();
        await Eventually.HoldsAsync(async () =>
        {
            bodies.Clear();
            await foreach (var entry in chat.As(Ben).ReadAsync(room))
                if (entry is MessageEntry message) bodies.Add($"{message.SenderId}: {message.Body}");
            return bodies.Count == 2;
        });
        Assert.Equal(["ann: where is it?", "shop: on its way"], bodies);
        await Assert.ThrowsAsync<ChatRefusalException>(() => chat.As(UserId.Parse("eve")).HistoryAsync(room));
    }
}
