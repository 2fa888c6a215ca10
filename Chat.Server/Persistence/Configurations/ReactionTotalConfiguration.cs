using Chat.Server.Persistence.Rows;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Chat.Server.Persistence.Configurations;

internal sealed class ReactionTotalConfiguration : IEntityTypeConfiguration<ReactionTotalRow>
{
    /// <summary>A key is at most 64 bytes.</summary>
    private const int KeyLength = 64;

    public void Configure(EntityTypeBuilder<ReactionTotalRow> builder)
    {
        builder.ToTable("reaction_totals");
        builder.HasKey(t => new { t.ConversationId, t.TargetSequence, t.Key }).HasName("pk_reaction_totals");
        builder.Property(t => t.Key).HasMaxLength(KeyLength);
        ColumnNames.Set(builder.Metadata);
        FillFactor.Set(builder.Metadata, 50);
    }
}
