using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Server.Callers;
using Chat.Server.Persistence.Rows;
using Microsoft.EntityFrameworkCore;

namespace Chat.Server.Persistence;

/// <summary>The model of the database. One derived context per provider, because each has its own migrations.</summary>
/// <remarks>The tables of side features are declared in their own folders, and found by their
/// configurations.</remarks>
internal abstract class ChatDbContext(DbContextOptions options) : DbContext(options)
{
    public DbSet<ConversationRow> Conversations => Set<ConversationRow>();

    public DbSet<ParticipantRow> Participants => Set<ParticipantRow>();

    public DbSet<UserRow> Users => Set<UserRow>();

    public DbSet<TenantRow> Tenants => Set<TenantRow>();

    public DbSet<MessageRow> Messages => Set<MessageRow>();

    protected override void OnModelCreating(ModelBuilder modelBuilder) =>
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(ChatDbContext).Assembly);

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<Tenant>().HaveConversion<TenantColumn>().HaveMaxLength(Tenant.MaxLength);
        configurationBuilder.Properties<UserId>().HaveConversion<UserIdColumn>().HaveMaxLength(255);
        configurationBuilder.Properties<ConversationKind>().HaveConversion<short>();
        configurationBuilder.Properties<ParticipantRole>().HaveConversion<short>();
        configurationBuilder.Properties<EntryKind>().HaveConversion<short>();
        configurationBuilder.Properties<MessageType>().HaveConversion<short>();
    }
}
