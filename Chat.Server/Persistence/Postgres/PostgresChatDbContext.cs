using Chat.Contracts.Identifiers;
using Chat.Server.Callers;
using Chat.Server.Persistence.Rows;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Chat.Server.Persistence.Postgres;

internal sealed class PostgresChatDbContext(DbContextOptions<PostgresChatDbContext> options) : ChatDbContext(options)
{
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        configurationBuilder.Properties<ConversationId>().HaveConversion<ConversationIdColumn>();
        configurationBuilder.Properties<MessageId>().HaveConversion<MessageIdColumn>();
        // Ids are compared byte by byte, whatever the language of the database; it is also the cheapest order for an
        // index.
        configurationBuilder.Properties<UserId>().UseCollation("C");
        configurationBuilder.Properties<Tenant>().UseCollation("C");
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        modelBuilder.Entity<ParticipantRow>()
            .HasIndex(p => new { p.Tenant, p.UserId, p.ConversationId })
            .HasDatabaseName("ix_participants_tenant_user_id");
        // Who owns a conversation, and who has been in it for longest, is asked with every change of its membership.
        // SQLite would take this index, of all participants, for questions about a few of them.
        modelBuilder.Entity<ParticipantRow>()
            .HasIndex(p => new { p.ConversationId, p.Role, p.JoinedAt, p.UserId })
            .HasDatabaseName("ix_participants_role");
        modelBuilder.Entity<ReactionTotalRow>().Property(t => t.Key).UseCollation("C");
        modelBuilder.Entity<MessageRow>(messages =>
        {
            messages.Property(m => m.CreatedAt).HasDefaultValueSql("CURRENT_TIMESTAMP");
            messages.Property(m => m.DedupeKey).UseCollation("C");
        });
    }

    private sealed class ConversationIdColumn()
        : ValueConverter<ConversationId, Guid>(id => id.Value, value => new ConversationId(value));

    private sealed class MessageIdColumn()
        : ValueConverter<MessageId, Guid>(id => id.Value, value => new MessageId(value));
}
