using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Chat.Server.Room.Store;

internal sealed class RoomClientConfiguration : IEntityTypeConfiguration<RoomClientRow>
{
    public void Configure(EntityTypeBuilder<RoomClientRow> builder)
    {
        builder.ToTable("room_clients");
        builder.HasKey(c => c.ClientId).HasName("pk_room_clients");
        builder.Property(c => c.ClientId).HasColumnName("client_id");
        builder.Property(c => c.JoinedAt).HasColumnName("joined_at");
        builder.Property(c => c.LastSeenAt).HasColumnName("last_seen_at");
        builder.HasIndex(c => c.LastSeenAt).HasDatabaseName("ix_room_clients_last_seen_at");
    }
}
