using Chat.Server.Persistence.Configurations;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Chat.Server.Observers.Store;

internal sealed class ParkedConfiguration : IEntityTypeConfiguration<ParkedRow>
{
    public void Configure(EntityTypeBuilder<ParkedRow> builder)
    {
        builder.ToTable("observer_parked");
        builder.HasKey(p => new { p.Observer, p.ConversationId }).HasName("pk_observer_parked");
        builder.Property(p => p.Observer).HasMaxLength(ObserverRow.NameLength);
        builder.Property(p => p.Error).HasMaxLength(ParkedRow.ErrorLength);
        ColumnNames.Set(builder.Metadata);
    }
}
