using Chat.Contracts.Protocol;
using Chat.Server.Persistence.Rows;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Chat.Server.Persistence.Configurations;

/// <summary>No foreign key: an append locks its conversation's row anyway, and a check of every row would cost again.</summary>
internal sealed class MessageConfiguration : IEntityTypeConfiguration<MessageRow>
{
    public void Configure(EntityTypeBuilder<MessageRow> builder)
    {
        builder.ToTable("messages");
        builder.HasKey(m => m.Id).HasName("pk_messages");
        builder.Property(m => m.Id).HasColumnName("id").ValueGeneratedOnAdd();
        builder.Property(m => m.SenderId).HasColumnName("sender_id");
        builder.Property(m => m.Message).HasColumnName("message");
        builder.Property(m => m.CreatedAt).HasColumnName("created_at");
        builder.Property(m => m.ConversationId).HasColumnName("conversation_id");
        builder.Property(m => m.Sequence).HasColumnName("sequence");
        builder.Property(m => m.Kind).HasColumnName("kind");
        builder.Property(m => m.MessageId).HasColumnName("message_id");
        builder.Property(m => m.MsgType).HasColumnName("msg_type");
        builder.Property(m => m.AttachmentUrl).HasColumnName("attachment_url");
        builder.Property(m => m.AttachmentMeta).HasColumnName("attachment_meta");
        builder.Property(m => m.DedupeKey).HasColumnName("dedupe_key").HasMaxLength(ChatLimits.DedupeKeyLength);
        builder.Property(m => m.TargetSequence).HasColumnName("target_sequence");
        builder.Property(m => m.Payload).HasColumnName("payload");
        builder.HasIndex(m => m.CreatedAt).HasDatabaseName("idx_messages_created_at");
        builder.HasIndex(m => new { m.ConversationId, m.Sequence }).IsUnique().HasDatabaseName("ux_messages_sequence");
        builder.HasIndex(m => new { m.ConversationId, m.SenderId, m.DedupeKey }).IsUnique()
            .HasFilter("dedupe_key is not null").HasDatabaseName("ux_messages_dedupe_key");
    }
}
