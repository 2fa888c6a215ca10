using Chat.Server.Persistence.Configurations;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Chat.Server.Observers.Store;

internal sealed class ObserverConfiguration : IEntityTypeConfiguration<ObserverRow>
{
    public void Configure(EntityTypeBuilder<ObserverRow> builder)
    {
        builder.ToTable("observers");
        builder.HasKey(o => o.Name).HasName("pk_observers");
        builder.Property(o => o.Name).HasMaxLength(ObserverRow.NameLength);
        ColumnNames.Set(builder.Metadata);
    }
}
