using Chat.Server;
using Microsoft.EntityFrameworkCore;

namespace Chat.Tests.Integration.Outboxes;

/// <summary>The database of an application.</summary>
public sealed class ShopContext(DbContextOptions<ShopContext> options) : DbContext(options)
{
    public DbSet<Order> Orders => Set<Order>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Order>().HasKey(order => order.Id);
        modelBuilder.MapChatOutbox();
    }
}
