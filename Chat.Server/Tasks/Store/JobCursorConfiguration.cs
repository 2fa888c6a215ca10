using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Chat.Server.Tasks.Store;

internal sealed class JobCursorConfiguration : IEntityTypeConfiguration<JobCursorRow>
{
    public void Configure(EntityTypeBuilder<JobCursorRow> builder)
    {
        builder.ToTable("job_cursors");
        builder.HasKey(c => c.Name).HasName("pk_job_cursors");
        builder.Property(c => c.Name).HasColumnName("name").HasMaxLength(100);
        // An update names the former position.
        builder.Property(c => c.Position).HasColumnName("position").IsConcurrencyToken();
    }
}
