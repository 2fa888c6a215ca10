using Chat.Server.Persistence.Rows;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Chat.Server.Persistence.Configurations;

internal sealed class MentionConfiguration : IEntityTypeConfiguration<MentionRow>
{
    public void Configure(EntityTypeBuilder<MentionRow> builder)
    {
        builder.ToTable("mentions");
        builder.HasKey(m => new { m.ConversationId, m.UserId, m.Sequence }).HasName("pk_mentions");
        ColumnNames.Set(builder.Metadata);
        builder.HasIndex(m => new { m.Tenant, m.UserId, m.CreatedAt }).IsDescending(false, false, true)
            .HasFilter($"user_id <> '{MentionRow.Everyone}'").HasDatabaseName("ix_mentions_inbox");
        // Edits and deletions replace those of one message.
        builder.HasIndex(m => new { m.ConversationId, m.Sequence }).HasDatabaseName("ix_mentions_message");
    }
}
