using Chat.Server.Persistence.Rows;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Chat.Server.Persistence.Configurations;

internal sealed class ReactionConfiguration : IEntityTypeConfiguration<ReactionRow>
{
    public void Configure(EntityTypeBuilder<ReactionRow> builder)
    {
        builder.ToTable("reactions");
        builder.HasKey(r => new { r.ConversationId, r.TargetSequence, r.UserId }).HasName("pk_reactions");
        ColumnNames.Set(builder.Metadata);
    }
}
