using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Protocol;
using Chat.Server.Callers;
using Chat.Server.Persistence.Rows;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Chat.Server.Persistence.Configurations;

internal sealed class ConversationConfiguration : IEntityTypeConfiguration<ConversationRow>
{
    private static readonly DateTimeOffset LobbyCreatedAt = new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public void Configure(EntityTypeBuilder<ConversationRow> builder)
    {
        builder.ToTable("conversations");
        builder.HasKey(c => c.Id).HasName("pk_conversations");
        builder.Property(c => c.Id).HasColumnName("id").ValueGeneratedNever();
        builder.Property(c => c.Tenant).HasColumnName("tenant").HasDefaultValue(Tenant.Default)
            .ValueGeneratedNever();
        builder.Property(c => c.Kind).HasColumnName("kind");
        builder.Property(c => c.Title).HasColumnName("title").HasMaxLength(ChatLimits.TitleLength);
        builder.Property(c => c.DirectKey).HasColumnName("direct_key").HasMaxLength(64);
        builder.Property(c => c.CreatedAt).HasColumnName("created_at");
        builder.Property(c => c.LastSequence).HasColumnName("last_sequence").HasDefaultValue(0L);
        builder.Property(c => c.RemovedSequence).HasColumnName("removed_sequence").HasDefaultValue(0L);
        builder.Property(c => c.SlowModeSeconds).HasColumnName("slow_mode_seconds").HasDefaultValue(0);
        builder.Property(c => c.Topic).HasColumnName("topic").HasMaxLength(ChatLimits.TopicLength);
        builder.Property(c => c.AvatarUrl).HasColumnName("avatar_url").HasMaxLength(ChatLimits.AvatarUrlLength);
        builder.Property(c => c.IsArchived).HasColumnName("is_archived").HasDefaultValue(false);
        builder.Property(c => c.ErasedSequence).HasColumnName("erased_sequence").HasDefaultValue(0L);
        builder.Property(c => c.LastEntryAt).HasColumnName("last_entry_at");
        builder.Property(c => c.LastShownSequence).HasColumnName("last_shown_sequence").HasDefaultValue(0L);
        builder.Property(c => c.LastShownAt).HasColumnName("last_shown_at");
        builder.Property(c => c.ListedAt).HasColumnName("listed_at");
        builder.HasIndex(c => new { c.Tenant, c.ListedAt }).IsDescending(false, true)
            .HasDatabaseName("ix_conversations_listed");
        builder.HasIndex(c => c.DirectKey).IsUnique().HasDatabaseName("ux_conversations_direct_key");
        FillFactor.Set(builder.Metadata, 50); // every commit updates the row
        builder.HasData(new ConversationRow
        {
            Id = ConversationId.Lobby, Kind = ConversationKind.Public, CreatedAt = LobbyCreatedAt
        });
    }
}
