using Chat.Contracts.Protocol;
using Chat.Server.Callers;
using Chat.Server.Persistence.Rows;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Chat.Server.Persistence.Configurations;

internal sealed class ParticipantConfiguration : IEntityTypeConfiguration<ParticipantRow>
{
    public void Configure(EntityTypeBuilder<ParticipantRow> builder)
    {
        builder.ToTable("participants");
        builder.HasKey(p => new { p.ConversationId, p.UserId }).HasName("pk_participants");
        builder.Property(p => p.ConversationId).HasColumnName("conversation_id");
        builder.Property(p => p.Tenant).HasColumnName("tenant").HasDefaultValue(Tenant.Default)
            .ValueGeneratedNever();
        builder.Property(p => p.UserId).HasColumnName("user_id");
        builder.Property(p => p.Role).HasColumnName("role");
        builder.Property(p => p.RoleUntil).HasColumnName("role_until");
        builder.Property(p => p.RoleReason).HasColumnName("role_reason").HasMaxLength(ChatLimits.ReasonLength);
        builder.Property(p => p.JoinedAt).HasColumnName("joined_at");
        builder.Property(p => p.LastReadSequence).HasColumnName("last_read_sequence").HasDefaultValue(0L);
        builder.Property(p => p.UnreadFrom).HasColumnName("unread_from");
        builder.Property(p => p.IsMuted).HasColumnName("is_muted").HasDefaultValue(false);
        // PostgreSQL has one that begins with the tenant besides, and this one for the version before only.
        builder.HasIndex(p => new { p.UserId, p.ConversationId }).HasDatabaseName("ix_participants_user_id");
        builder.HasOne<ConversationRow>().WithMany().HasForeignKey(p => p.ConversationId)
            .HasConstraintName("fk_participants_conversation");
    }
}
