using Chat.Server.Persistence.Rows;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Chat.Server.Persistence.Configurations;

internal sealed class ThreadConfiguration : IEntityTypeConfiguration<ThreadRow>
{
    public void Configure(EntityTypeBuilder<ThreadRow> builder)
    {
        builder.ToTable("threads");
        builder.HasKey(t => new { t.ConversationId, t.Thread }).HasName("pk_threads");
        ColumnNames.Set(builder.Metadata);
        builder.HasIndex(t => new { t.ConversationId, t.LastSequence }).HasDatabaseName("ix_threads_recent");
        FillFactor.Set(builder.Metadata, 50);
    }
}
