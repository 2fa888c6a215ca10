using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Server;
using Chat.Server.FanOut.Backplane.InProcess;
using Chat.Server.Outbox.Store;
using Chat.Server.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Tests.Integration.Outboxes;

/// <summary>An application with a database of its own, and a chat with another one.</summary>
internal sealed class ShopSite : IAsyncDisposable
{
    private readonly TestDatabase _shop, _chat;

    private ShopSite(TestDatabase shop, TestDatabase chat, TestServer server) =>
        (_shop, _chat, Server) = (shop, chat, server);

    public TestServer Server { get; private set; }

    public IChat Chat => Server.Services.GetRequiredService<IChat>();

    /// <param name="kind">Of the application's database. The chat's is of the other kind: they have nothing to do with
    /// each other.</param>
    public static async Task<ShopSite> StartAsync(DatabaseKind kind)
    {
        var shop = await TestDatabase.CreateAsync(kind);
        var chat = await TestDatabase.CreateAsync(
            kind == DatabaseKind.Sqlite ? DatabaseKind.Postgres : DatabaseKind.Sqlite);
        var site = new ShopSite(shop, chat, await ServeAsync(shop, chat));
        // Test databases have the chat's tables already.
        await site.ShopAsync(db => db.GetService<IRelationalDatabaseCreator>().CreateTablesAsync());
        return site;
    }

    /// <summary>Stops the application, in the middle of whatever it does, and starts it again. For the outbox it is
    /// still the same process.</summary>
    public async Task RestartAsync()
    {
        await Server.DisposeAsync();
        Server = await ServeAsync(_shop, _chat);
    }

    public async Task<ConversationId> RoomAsync() => (await Chat.As(UserId.Parse("ann"))
        .CreateAsync(new() { ParticipantIds = [UserId.Parse("ben")], Title = "Order" })).Id;

    /// <summary>Does something with the application's database, as a request does.</summary>
    public async Task<T> ShopAsync<T>(Func<ShopContext, Task<T>> use)
    {
        await using var scope = Server.Services.CreateAsyncScope();
        return await use(scope.ServiceProvider.GetRequiredService<ShopContext>());
    }

    public Task ShopAsync(Func<ShopContext, Task> use) => ShopAsync(async db =>
    {
        await use(db);
        return true;
    });

    /// <summary>All messages of a conversation, in their order.</summary>
    public async Task<List<string>> BodiesAsync(ConversationId room)
    {
        var bodies = new List<string>();
        await foreach (var entry in Chat.AsSystem.ReadAsync(room))
            if (entry is MessageEntry message) bodies.Add(message.Body!);
        return bodies;
    }

    public Task<List<string>> WaitingAsync() => _shop.QueryAsync("select body, error from chat_outbox order by number");

    public Task ExecuteAsync(string sql) => _shop.ExecuteAsync(sql);

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await _chat.DisposeAsync();
        await _shop.DisposeAsync();
    }

    private static Task<TestServer> ServeAsync(TestDatabase shop, TestDatabase chat) => TestServer.StartAsync(
        chat.Settings, new InProcessBus(), services =>
        {
            services.AddDbContext<ShopContext>(options => _ = shop.Settings.Kind == DatabaseKind.Sqlite
                ? options.UseSqlite(shop.Settings.ConnectionString)
                : options.UseNpgsql(shop.Settings.ConnectionString, npgsql => npgsql.EnableRetryOnFailure()));
            services.AddOutbox<ShopContext>(provider => provider);
        });
}
