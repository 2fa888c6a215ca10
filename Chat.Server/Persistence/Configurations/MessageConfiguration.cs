using Chat.Contracts.Protocol;
using Chat.Server.Persistence.Rows;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Chat.Server.Persistence.Configurations;

/// <summary>No foreign key: an append locks its conversation's row anyway, and a check of every row would cost
/// again.</summary>
internal sealed class MessageConfiguration : IEntityTypeConfiguration<MessageRow>
{
    public void Configure(EntityTypeBuilder<MessageRow> builder)
    {
        builder.ToTable("messages");
        builder.HasKey(m => m.Id).HasName("pk_messages");
        builder.Property(m => m.Id).ValueGeneratedOnAdd();
        builder.Property(m => m.DedupeKey).HasMaxLength(ChatLimits.DedupeKeyLength);
        // Rows of the version before have the default: a constant, so that the column came without a rewrite.
        builder.Property(m => m.IsShown).HasDefaultValue(true).ValueGeneratedNever();
        ColumnNames.Set(builder.Metadata);
        builder.HasIndex(m => m.CreatedAt).HasDatabaseName("idx_messages_created_at");
        builder.HasIndex(m => new { m.ConversationId, m.Sequence }).IsUnique().HasDatabaseName("ux_messages_sequence");
        builder.HasIndex(m => new { m.ConversationId, m.SenderId, m.DedupeKey }).IsUnique()
            .HasFilter("dedupe_key is not null").HasDatabaseName("ux_messages_dedupe_key");
        // None of these has a row of a plain message in the main stream, behind another one.
        builder.HasIndex(m => new { m.ConversationId, m.Thread, m.Sequence })
            .HasFilter("thread is not null").HasDatabaseName("ix_messages_thread");
        builder.HasIndex(m => new { m.ConversationId, m.TargetSequence, m.Sequence })
            .HasFilter("target_sequence is not null").HasDatabaseName("ix_messages_target");
        builder.HasIndex(m => new { m.ConversationId, m.ShownBefore })
            .HasFilter("shown_before is not null and is_shown").HasDatabaseName("ix_messages_gap");
    }
}
