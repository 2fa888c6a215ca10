using Chat.Server.Callers;
using Chat.Server.Persistence.Rows;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Chat.Server.Persistence.Configurations;

/// <summary>The row is read and changed by SQL of its own (<see cref="Deployments.IDeploymentStore"/>).</summary>
internal sealed class DeploymentConfiguration : IEntityTypeConfiguration<DeploymentRow>
{
    public void Configure(EntityTypeBuilder<DeploymentRow> builder)
    {
        builder.ToTable("deployment");
        builder.HasKey(d => d.Row).HasName("pk_deployment");
        builder.Property(d => d.Row).HasColumnName("only_row").ValueGeneratedNever();
        builder.Property(d => d.Id).HasColumnName("id");
        builder.Property(d => d.Key).HasColumnName("key");
        builder.Property(d => d.Generation).HasColumnName("generation");
        builder.Property(d => d.Origin).HasColumnName("origin");
        builder.Property(d => d.Requires).HasColumnName("requires").HasDefaultValue(0);
        builder.Property(d => d.Mode).HasColumnName("mode").HasDefaultValue(IdentityMode.Open);
    }
}
