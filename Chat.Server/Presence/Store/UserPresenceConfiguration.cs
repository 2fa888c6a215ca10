using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Chat.Server.Presence.Store;

internal sealed class UserPresenceConfiguration : IEntityTypeConfiguration<UserPresenceRow>
{
    public void Configure(EntityTypeBuilder<UserPresenceRow> builder)
    {
        builder.ToTable("user_presence");
        builder.HasKey(p => p.UserId).HasName("pk_user_presence");
        builder.Property(p => p.UserId).HasColumnName("user_id");
        builder.Property(p => p.LastSeenAt).HasColumnName("last_seen_at");
    }
}
