using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Server.Persistence.Rows;
using Microsoft.EntityFrameworkCore;

namespace Chat.Server.Persistence;

/// <summary>The model of the database. One derived context a provider, because each has its own migrations.</summary>
internal abstract class ChatDbContext(DbContextOptions options) : DbContext(options)
{
    public DbSet<ConversationRow> Conversations => Set<ConversationRow>();

    public DbSet<ParticipantRow> Participants => Set<ParticipantRow>();

    public DbSet<MessageRow> Messages => Set<MessageRow>();

    public DbSet<RoomClientRow> RoomClients => Set<RoomClientRow>();

    public DbSet<UserPresenceRow> UserPresence => Set<UserPresenceRow>();

    public DbSet<JobCursorRow> JobCursors => Set<JobCursorRow>();

    public DbSet<TaskRow> Tasks => Set<TaskRow>();

    public DbSet<TaskQueueRow> TaskQueues => Set<TaskQueueRow>();

    public DbSet<TaskStatRow> TaskStats => Set<TaskStatRow>();

    protected override void OnModelCreating(ModelBuilder modelBuilder) =>
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(ChatDbContext).Assembly);

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<UserId>().HaveConversion<UserIdColumn>().HaveMaxLength(255);
        configurationBuilder.Properties<ConversationKind>().HaveConversion<short>();
        configurationBuilder.Properties<ParticipantRole>().HaveConversion<short>();
        configurationBuilder.Properties<EntryKind>().HaveConversion<short>();
        configurationBuilder.Properties<MessageType>().HaveConversion<short>();
    }
}
