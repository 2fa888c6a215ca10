using Chat.Server.Persistence.Rows;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Chat.Server.Persistence.Configurations;

internal sealed class ThreadFollowConfiguration : IEntityTypeConfiguration<ThreadFollowRow>
{
    public void Configure(EntityTypeBuilder<ThreadFollowRow> builder)
    {
        builder.ToTable("thread_follows");
        builder.HasKey(f => new { f.ConversationId, f.UserId, f.Thread }).HasName("pk_thread_follows");
        ColumnNames.Set(builder.Metadata);
    }
}
