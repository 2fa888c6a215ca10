using Chat.Server.Persistence.Configurations;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Chat.Server.Erasures.Store;

internal sealed class UserErasureConfiguration : IEntityTypeConfiguration<UserErasureRow>
{
    public void Configure(EntityTypeBuilder<UserErasureRow> builder)
    {
        builder.ToTable("user_erasures");
        builder.HasKey(e => e.Id).HasName("pk_user_erasures");
        builder.Property(e => e.Id).ValueGeneratedNever();
        ColumnNames.Set(builder.Metadata);
        // One at a time of each user.
        builder.HasIndex(e => new { e.Tenant, e.UserId }).IsUnique().HasFilter("finished_at is null")
            .HasDatabaseName("ux_user_erasures_running");
    }
}
