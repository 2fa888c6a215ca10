using Chat.Contracts.Protocol;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Chat.Server.Safety.Reports.Store;

internal sealed class ReportConfiguration : IEntityTypeConfiguration<ReportRow>
{
    private const string IsOpen = "closed_at is null";

    public void Configure(EntityTypeBuilder<ReportRow> builder)
    {
        builder.ToTable("reports");
        builder.HasKey(r => r.Number).HasName("pk_reports");
        builder.Property(r => r.Number).HasColumnName("number").ValueGeneratedOnAdd();
        builder.Property(r => r.Tenant).HasColumnName("tenant");
        builder.Property(r => r.ConversationId).HasColumnName("conversation_id");
        builder.Property(r => r.Sequence).HasColumnName("sequence");
        builder.Property(r => r.MessageId).HasColumnName("message_id");
        builder.Property(r => r.UserId).HasColumnName("user_id");
        builder.Property(r => r.ReporterId).HasColumnName("reporter_id");
        builder.Property(r => r.Reason).HasColumnName("reason").HasMaxLength(ChatLimits.ReasonLength);
        builder.Property(r => r.CreatedAt).HasColumnName("created_at");
        builder.Property(r => r.ClosedAt).HasColumnName("closed_at");
        builder.Property(r => r.Outcome).HasColumnName("outcome").HasConversion<short>();
        builder.HasIndex(r => new { r.ConversationId, r.Number }).HasDatabaseName("ix_reports_conversation")
            .HasFilter(IsOpen);
        builder.HasIndex(r => new { r.Tenant, r.Number }).HasDatabaseName("ix_reports_tenant").HasFilter(IsOpen);
        builder.HasIndex(r => new { r.Tenant, r.ReporterId }).HasDatabaseName("ix_reports_reporter").HasFilter(IsOpen);
        builder.HasIndex(r => r.CreatedAt).HasDatabaseName("ix_reports_created_at");
    }
}
