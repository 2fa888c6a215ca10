using Chat.Server.Persistence.Rows;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Chat.Server.Persistence.Configurations;

internal sealed class MessageStateConfiguration : IEntityTypeConfiguration<MessageStateRow>
{
    public void Configure(EntityTypeBuilder<MessageStateRow> builder)
    {
        builder.ToTable("message_states");
        builder.HasKey(s => new { s.ConversationId, s.Sequence }).HasName("pk_message_states");
        builder.Property(s => s.IsDeleted).HasDefaultValue(false);
        ColumnNames.Set(builder.Metadata);
        builder.HasIndex(s => s.UntoldSince).HasFilter("untold_since is not null")
            .HasDatabaseName("ix_states_untold");
        builder.HasIndex(s => new { s.ConversationId, s.PinSequence }).HasFilter("pin_sequence is not null")
            .HasDatabaseName("ix_states_pinned");
        FillFactor.Set(builder.Metadata, 70);
    }
}
