using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Chat.Server.Audit.Store;

internal sealed class AuditConfiguration : IEntityTypeConfiguration<AuditRow>
{
    public void Configure(EntityTypeBuilder<AuditRow> builder)
    {
        builder.ToTable("audit");
        builder.HasKey(a => a.Number).HasName("pk_audit");
        builder.Property(a => a.Number).HasColumnName("number").ValueGeneratedOnAdd();
        builder.Property(a => a.At).HasColumnName("at");
        builder.Property(a => a.Tenant).HasColumnName("tenant");
        builder.Property(a => a.Actor).HasColumnName("actor").HasMaxLength(AuditRow.ActorLength);
        builder.Property(a => a.Act).HasColumnName("act").HasMaxLength(AuditRow.ActLength);
        builder.Property(a => a.Target).HasColumnName("target").HasMaxLength(AuditRow.TargetLength);
        builder.Property(a => a.Outcome).HasColumnName("outcome").HasMaxLength(AuditRow.OutcomeLength);
        builder.Property(a => a.RequestId).HasColumnName("request_id").HasMaxLength(AuditRow.RequestLength);
        builder.Property(a => a.Address).HasColumnName("address").HasMaxLength(AuditRow.AddressLength);
        builder.HasIndex(a => new { a.Tenant, a.Number }).HasDatabaseName("ix_audit_tenant");
        builder.HasIndex(a => a.At).HasDatabaseName("ix_audit_at");
    }
}
