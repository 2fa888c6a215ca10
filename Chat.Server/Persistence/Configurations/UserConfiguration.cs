using Chat.Contracts.Protocol;
using Chat.Server.Persistence.Rows;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Chat.Server.Persistence.Configurations;

internal sealed class UserConfiguration : IEntityTypeConfiguration<UserRow>
{
    public void Configure(EntityTypeBuilder<UserRow> builder)
    {
        builder.ToTable("users");
        builder.HasKey(u => new { u.Tenant, u.UserId }).HasName("pk_users");
        builder.Property(u => u.Tenant).HasColumnName("tenant");
        builder.Property(u => u.UserId).HasColumnName("user_id");
        builder.Property(u => u.Name).HasColumnName("name").HasMaxLength(ChatLimits.UserNameLength);
        builder.Property(u => u.LastSeenAt).HasColumnName("last_seen_at");
        builder.Property(u => u.DeactivatedAt).HasColumnName("deactivated_at");
    }
}
