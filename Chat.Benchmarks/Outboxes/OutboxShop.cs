using Chat.Server;
using Microsoft.EntityFrameworkCore;

namespace Chat.Benchmarks.Outboxes;

/// <summary>The application's own database: what it commits stands beside the messages that wait.</summary>
internal sealed class OutboxShop(DbContextOptions<OutboxShop> options) : DbContext(options)
{
    public DbSet<OutboxOrder> Orders => Set<OutboxOrder>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<OutboxOrder>(order =>
        {
            order.ToTable("orders");
            order.HasKey(o => o.Id);
            order.Property(o => o.Id).HasColumnName("id").ValueGeneratedNever();
        });
        modelBuilder.MapChatOutbox();
    }
}
