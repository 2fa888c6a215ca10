using Chat.Server.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Chat.Server.Revocations.Store;

internal sealed class RevocationConfiguration : IEntityTypeConfiguration<RevocationRow>
{
    private static readonly MicrosecondsColumn Time = new();

    public void Configure(EntityTypeBuilder<RevocationRow> builder)
    {
        builder.ToTable("revocations");
        builder.HasKey(r => r.Number).HasName("pk_revocations");
        builder.Property(r => r.Number).HasColumnName("number").ValueGeneratedNever();
        builder.Property(r => r.Tenant).HasColumnName("tenant");
        builder.Property(r => r.UserId).HasColumnName("user_id");
        builder.Property(r => r.Session).HasColumnName("session").HasMaxLength(RevocationBody.MaxText);
        builder.Property(r => r.NotBefore).HasColumnName("not_before").HasConversion(Time);
        builder.Property(r => r.Reason).HasColumnName("reason").HasMaxLength(RevocationBody.MaxText);
        builder.Property(r => r.Expires).HasColumnName("expires").HasConversion(Time);
        builder.HasIndex(r => new { r.Tenant, r.UserId }).HasDatabaseName("ix_revocations_user");
    }
}
