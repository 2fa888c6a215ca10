using Chat.Contracts.Identifiers;
using Chat.Server.Callers;
using Chat.Server.Observers;
using Chat.Server.Persistence;
using Chat.Server.Persistence.Postgres;
using Chat.Server.Presence.Store;
using Chat.Server.Retention;
using Chat.Server.Rights.Store;
using Chat.Server.Room.Store;
using Chat.Server.Tasks.Store;
using Chat.Server.Transfer;
using Chat.Server.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Chat.Tests.Fixtures;

/// <summary>The stores as one instance of the server has them. Two hosts on one database are two instances.</summary>
internal sealed class StoreHost : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    public StoreHost(DatabaseSettings settings, params IEnumerable<KeyValuePair<string, string?>> configuration)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(DefaultsOf(settings))
            .AddInMemoryCollection(configuration).Build());
        services.AddSingleton(TimeProvider.System);
        services.AddLogging(logging => logging.AddProvider(Logs));
        services.AddPersistence(settings);
        services.AddTaskStore();
        services.AddSingleton<RoomClientStore>();
        services.AddSingleton<PresenceStore>();
        services.AddSingleton<RetentionStore>();
        services.AddSingleton<UserStore>();
        services.AddSingleton<RightsStore>();
        services.AddTransfer();
        services.AddObserverStores();
        _services = services.BuildServiceProvider();
    }

    /// <summary>Those who write to a SQLite file take turns, in no order: on a busy machine the turn comes late.
    /// </summary>
    private static Dictionary<string, string?> DefaultsOf(DatabaseSettings settings) =>
        settings.Kind == DatabaseKind.Sqlite ? new() { ["Chat:Persistence:CommandTimeoutSeconds"] = "60" } : [];

    public RecordedLogs Logs { get; } = new();

    public ChatDatabase Database => _services.GetRequiredService<ChatDatabase>();

    public DatabaseSettings Settings => _services.GetRequiredService<DatabaseSettings>();

    public PostgresConnections Postgres => _services.GetRequiredService<PostgresConnections>();

    public ListedAt Listed => _services.GetRequiredService<ListedAt>();

    public IShownLog Shown => _services.GetRequiredService<IShownLog>();

    public IMessageStore Messages => _services.GetRequiredService<IMessageStore>();

    public ConversationStore Conversations => _services.GetRequiredService<ConversationStore>();

    public ThreadStore Threads => _services.GetRequiredService<ThreadStore>();

    public ReactionStore Reactions => _services.GetRequiredService<ReactionStore>();

    public RoomClientStore RoomClients => _services.GetRequiredService<RoomClientStore>();

    public PresenceStore Presence => _services.GetRequiredService<PresenceStore>();

    public UserStore Users => _services.GetRequiredService<UserStore>();

    public RightsStore Rights => _services.GetRequiredService<RightsStore>();

    public ITaskStore Tasks => _services.GetRequiredService<ITaskStore>();

    public TaskUpkeepStore TaskUpkeep => _services.GetRequiredService<TaskUpkeepStore>();

    public TaskAdminStore TaskAdmin => _services.GetRequiredService<TaskAdminStore>();

    public JobCursors Cursors => _services.GetRequiredService<JobCursors>();

    public StateRebuild Rebuild => _services.GetRequiredService<StateRebuild>();

    public Export Export => _services.GetRequiredService<Export>();

    public Import Import => _services.GetRequiredService<Import>();

    public ErasureStore Erasures => _services.GetRequiredService<ErasureStore>();

    public RetentionStore Retention => _services.GetRequiredService<RetentionStore>();

    public ObserverStores Observers => _services.GetRequiredService<ObserverStores>();

    public DatabaseMigrator Migrator => _services.GetRequiredService<DatabaseMigrator>();

    public DatabasePing Ping => _services.GetRequiredService<DatabasePing>();

    /// <summary>What the user may do there; null when there is no such conversation.</summary>
    public async Task<ConversationAccess?> FindAccessAsync(ConversationId conversation, UserId user) =>
        await FindAccessAsync(conversation, new UserKey(Tenant.Default, user));

    public async Task<ConversationAccess?> FindAccessAsync(ConversationId conversation, UserKey user) =>
        (await Messages.FindAccessAsync([(conversation, user)], CancellationToken.None))
        .GetValueOrDefault((conversation, user));

    public Task<ChatDbContext> CreateContextAsync() =>
        _services.GetRequiredService<IDbContextFactory<ChatDbContext>>().CreateDbContextAsync();

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
