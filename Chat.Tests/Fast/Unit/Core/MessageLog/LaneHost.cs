using Chat.Contracts.Commands;
using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Server.Core;
using Chat.Server.Core.MessageLog;
using Chat.Server.FanOut;
using Chat.Server.Memory;
using Chat.Server.Observability;
using Chat.Server.Persistence;
using Chat.Server.Rights;
using Chat.Tests.Fixtures;
using Chat.Tests.Unit.FanOut;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Chat.Tests.Unit.Core.MessageLog;

/// <summary>The lanes with all that they tell, on a SQLite file, and one conversation with a reader. They run once a
/// batch has been put together.</summary>
internal sealed class LaneHost : IAsyncDisposable
{
    private readonly TestDatabase _database;
    private readonly ServiceProvider _services;

    private LaneHost(TestDatabase database, ServiceProvider services) => (_database, _services) = (database, services);

    public static UserId Ann { get; } = UserId.Parse("ann");

    public required RecordedLogs Logs { get; init; }

    public ConversationId Conversation { get; private set; }

    /// <summary>Has joined at the conversation's beginning.</summary>
    public RecordingWriter Reader { get; private set; } = null!;

    public static async Task<LaneHost> StartAsync(Action<IServiceCollection> change)
    {
        var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        var logs = new RecordedLogs();
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        services.AddSingleton(TimeProvider.System);
        services.AddLogging(logging => logging.AddProvider(logs));
        services.AddMetrics();
        services.AddSingleton<ChatMetrics>();
        services.AddPersistence(database.Settings);
        services.AddMemoryBudget();
        services.AddFanOut();
        services.AddChatCore();
        services.AddRights();
        var host = new LaneHost(database, Build(services, change)) { Logs = logs };
        var created = await host.Get<Creation>().CreateAsync(Ann.AsCaller(),
            new CreateConversation { ParticipantIds = [Ann] }, CancellationToken.None);
        host.Conversation = created.Id;
        await host.JoinAsync();
        return host;
    }

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    /// <summary>Sends the messages in one batch.</summary>
    public async Task<Task<Appended>[]> SendAsync(params string[] bodies)
    {
        var log = Get<Chat.Server.Core.MessageLog.MessageLog>();
        var sent = new List<Task<Appended>>();
        foreach (var body in bodies)
        {
            var message = Drafts.Message(Conversation, body);
            sent.Add(await log.EnqueueAsync(Drafts.Of(message)[0], CancellationToken.None));
        }
        log.Complete();
        await log.RunAsync(CancellationToken.None).WaitAsync(Bounds.Wait);
        return [.. sent];
    }

    /// <summary>The messages in the log.</summary>
    public async Task<List<ConversationEntry>> ReadAsync() =>
        await Get<IMessageStore>().ReadAfterAsync(Conversation, 1, 100, CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _database.DisposeAsync();
    }

    private async Task JoinAsync()
    {
        Reader = new RecordingWriter(Ann.Key(), Get<WriterContext>());
        Subscription? subscription = null;
        var head = (await Get<FeedRegistry>()
            .AttachAsync(Conversation, feed => subscription = new Subscription(Reader, feed)))!.Value.Head;
        subscription!.Cursor = head;
        Reader.TryAdd(subscription);
        subscription.Activate(null);
    }

    private static ServiceProvider Build(IServiceCollection services, Action<IServiceCollection> change)
    {
        change(services);
        return services.BuildServiceProvider();
    }
}
