using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Chat.Server.Safety.Store;

internal sealed class BlockConfiguration : IEntityTypeConfiguration<BlockRow>
{
    public void Configure(EntityTypeBuilder<BlockRow> builder)
    {
        builder.ToTable("user_blocks");
        builder.HasKey(b => new { b.Tenant, b.UserId, b.OtherId }).HasName("pk_user_blocks");
        builder.Property(b => b.Tenant).HasColumnName("tenant");
        builder.Property(b => b.UserId).HasColumnName("user_id");
        builder.Property(b => b.OtherId).HasColumnName("other_id");
        builder.Property(b => b.Blocks).HasColumnName("blocks");
        builder.Property(b => b.IsBlocked).HasColumnName("is_blocked");
        builder.Property(b => b.ChangedAt).HasColumnName("changed_at");
        builder.HasIndex(b => b.ChangedAt).HasDatabaseName("ix_user_blocks_changed_at");
    }
}
