using Chat.Contracts.Commands;
using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Server.Callers;
using Chat.Server.Core.MessageLog;
using Chat.Server.Core;
using Chat.Server.FanOut;
using Chat.Server.Memory;
using Chat.Server.Observability;
using Chat.Server.Persistence;
using Chat.Server.Persistence.Entries;
using Chat.Server.Rights;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Chat.Benchmarks.Micro;

/// <summary>The server's inside on a SQLite file of its own, without transports.</summary>
internal sealed class MicroServer : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("chat-micro-");
    private readonly WebApplication _app;
    private readonly Task _lanes;

    private MicroServer(UserId user)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddChatObservability();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddPersistence(
            new DatabaseSettings(DatabaseKind.Sqlite, $"Data Source={Path.Combine(_folder.FullName, "micro.db")}"));
        builder.Services.AddMemoryBudget();
        builder.Services.AddFanOut();
        builder.Services.AddChatCore();
        builder.Services.AddRights();
        _app = builder.Build();
        User = user;
        _app.Services.GetRequiredService<DatabaseMigrator>().MigrateAsync(CancellationToken.None).GetAwaiter()
            .GetResult();
        _lanes = Task.Run(() => Log.RunAsync(CancellationToken.None));
    }

    public UserId User { get; }

    public ConversationId Conversation { get; private set; }

    public MessageLog Log => _app.Services.GetRequiredService<MessageLog>();

    public FeedContext FeedContext => _app.Services.GetRequiredService<FeedContext>();

    public WriterContext WriterContext => _app.Services.GetRequiredService<WriterContext>();

    public static MicroServer Start()
    {
        var server = new MicroServer(UserId.Parse("benchmark"));
        var creation = server._app.Services.GetRequiredService<Creation>();
        server.Conversation = creation.CreateAsync(
            new Caller(new UserKey(Tenant.Default, server.User)),
            new CreateConversation { ParticipantIds = [server.User] }, CancellationToken.None)
            .GetAwaiter().GetResult().Id;
        return server;
    }

    public MessageEntry Message(long sequence = 0) => MicroMessage.Create(User, Conversation, sequence);

    public Draft Draft()
    {
        var message = Message();
        return new Draft(message.Id, Conversation, User, EntryContent.Of(message));
    }

    public async ValueTask DisposeAsync()
    {
        Log.Complete();
        await _lanes;
        await _app.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
