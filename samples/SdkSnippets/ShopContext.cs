using Chat.Server;
using Microsoft.EntityFrameworkCore;

namespace SdkSnippets;

/// <summary>The database of an application.</summary>
public sealed class ShopContext(DbContextOptions<ShopContext> options) : DbContext(options)
{
    public DbSet<SoldOrder> Orders => Set<SoldOrder>();

    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.MapChatOutbox();
}
