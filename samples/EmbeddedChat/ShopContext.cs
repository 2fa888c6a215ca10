using Chat.Server;
using Microsoft.EntityFrameworkCore;

namespace EmbeddedChat;

/// <summary>The shop's own database. The chat's tables are elsewhere, but for the one of messages that wait.</summary>
public sealed class ShopContext(DbContextOptions<ShopContext> options) : DbContext(options)
{
    public DbSet<Order> Orders => Set<Order>();

    /// <summary>Yours has migrations: "dotnet ef migrations add ChatOutbox" after MapChatOutbox.</summary>
    public static async Task CreateAsync(IServiceProvider services)
    {
        await using var scope = services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<ShopContext>().Database.EnsureCreatedAsync();
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.MapChatOutbox();
}
