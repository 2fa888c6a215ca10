using System.Text.Json;
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
        foreach (var property in builder.Metadata.GetProperties())
            property.SetColumnName(JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name));
        builder.HasIndex(m => m.CreatedAt).HasDatabaseName("idx_messages_created_at");
        builder.HasIndex(m => new { m.ConversationId, m.Sequence }).IsUnique().HasDatabaseName("ux_messages_sequence");
        builder.HasIndex(m => new { m.ConversationId, m.SenderId, m.DedupeKey }).IsUnique()
            .HasFilter("dedupe_key is not null").HasDatabaseName("ux_messages_dedupe_key");
    }
}
