using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Server;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Chat.Benchmarks.Observing;

/// <summary>An application with a chat in it, and observers if wanted.</summary>
internal sealed class ObserverApplication : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ObserverApplication(WebApplication app) => _app = app;

    public IChat Chat => _app.Services.GetRequiredService<IChat>();

    /// <param name="database">A PostgreSQL database.</param>
    /// <param name="shown">What the observer does; null: there is none.</param>
    /// <param name="configure">Its options.</param>
    /// <param name="observers">How many there are.</param>
    public static async Task<ObserverApplication> StartAsync(
        string database, Func<IReadOnlyList<ConversationEntry>, ValueTask>? shown,
        Action<ChatObserverOptions>? configure = null, int observers = 1)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var chat = builder.Services.AddChat().UsePostgres(database, "public");
        if (shown is not null)
        {
            builder.Services.AddSingleton(new Observer(shown));
            for (var i = 0; i < observers; i++) chat.AddObserver<Observer>($"bench {i}", configure);
        }
        var app = builder.Build();
        await app.StartAsync();
        return new ObserverApplication(app);
    }

    /// <summary>So many conversations of two users.</summary>
    public async Task<List<ConversationId>> CreateAsync(int count)
    {
        var made = new List<ConversationId>();
        for (var i = 0; i < count; i++)
            made.Add((await Chat.AsSystem.CreateAsync(new()
            {
                ParticipantIds = [UserId.Parse("ann"), UserId.Parse("ben")],
            })).Id);
        return made;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private sealed class Observer(Func<IReadOnlyList<ConversationEntry>, ValueTask> shown) : IChatObserver
    {
        public Task OnAsync(IReadOnlyList<ConversationEntry> entries, CancellationToken ct) => shown(entries).AsTask();
    }
}
