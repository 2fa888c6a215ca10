using Chat.Server.Persistence.Configurations;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Chat.Server.Webhooks.Store;

internal sealed class WebhookConfiguration : IEntityTypeConfiguration<WebhookRow>
{
    public void Configure(EntityTypeBuilder<WebhookRow> builder)
    {
        builder.ToTable("webhooks");
        builder.HasKey(w => w.Name).HasName("pk_webhooks");
        builder.Property(w => w.Name).HasMaxLength(WebhookRow.NameLength);
        builder.Property(w => w.Reason).HasMaxLength(WebhookRow.ReasonLength);
        ColumnNames.Set(builder.Metadata);
    }
}
