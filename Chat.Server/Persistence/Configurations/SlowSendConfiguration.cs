using Chat.Server.Persistence.Rows;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Chat.Server.Persistence.Configurations;

internal sealed class SlowSendConfiguration : IEntityTypeConfiguration<SlowSendRow>
{
    public void Configure(EntityTypeBuilder<SlowSendRow> builder)
    {
        builder.ToTable("slow_sends");
        builder.HasKey(s => new { s.ConversationId, s.UserId }).HasName("pk_slow_sends");
        builder.Property(s => s.ConversationId).HasColumnName("conversation_id");
        builder.Property(s => s.UserId).HasColumnName("user_id");
        builder.Property(s => s.SentAt).HasColumnName("sent_at");
    }
}
