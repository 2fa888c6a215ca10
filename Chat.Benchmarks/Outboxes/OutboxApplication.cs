using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Server;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Chat.Benchmarks.Outboxes;

/// <summary>An application with a database of its own, and a chat in another one.</summary>
internal sealed class OutboxApplication : IAsyncDisposable
{
    private static readonly UserId Sender = UserId.Parse("shop");

    private readonly WebApplication _app;

    private OutboxApplication(WebApplication app) => _app = app;

    /// <param name="shop">The application's database on PostgreSQL, with its tables.</param>
    /// <param name="chat">The chat's.</param>
    /// <param name="shown">Is shown each entry; null: there is no observer.</param>
    public static async Task<OutboxApplication> StartAsync(
        string shop, string chat, Action<IReadOnlyList<ConversationEntry>>? shown = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddDbContextPool<OutboxShop>(options => options.UseNpgsql(shop));
        var inside = builder.Services.AddChat().UsePostgres(chat, "public").AddOutbox<OutboxShop>();
        if (shown is not null)
        {
            builder.Services.AddSingleton(new Observer(shown));
            inside.AddObserver<Observer>("outbox");
        }
        var app = builder.Build();
        await app.StartAsync();
        return new OutboxApplication(app);
    }

    /// <summary>Makes the tables of the application.</summary>
    public static async Task CreateShopAsync(string shop)
    {
        await using var db = new OutboxShop(new DbContextOptionsBuilder<OutboxShop>().UseNpgsql(shop).Options);
        // Databases of the benchmarks have the chat's tables already.
        await db.GetService<IRelationalDatabaseCreator>().CreateTablesAsync();
    }

    /// <summary>Places an order and says so, in one transaction.</summary>
    /// <param name="order">The id of the order.</param>
    /// <param name="conversation">Where it is said.</param>
    /// <param name="kind">How the transaction is made, and whether it is taken back.</param>
    /// <param name="text">What is said.</param>
    public async Task PlaceAsync(Guid order, ConversationId conversation, OutboxTransaction kind, string text)
    {
        await using var scope = _app.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<OutboxShop>();
        await using var transaction = kind == OutboxTransaction.OfSave
            ? null
            : await db.Database.BeginTransactionAsync();
        db.Orders.Add(new OutboxOrder { Id = order });
        db.Chat().Send(conversation, Sender, text);
        await db.SaveChangesAsync();
        if (transaction is null) return;
        if (kind == OutboxTransaction.Own) await transaction.CommitAsync();
        else if (kind == OutboxTransaction.TakenBack) await transaction.RollbackAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private sealed class Observer(Action<IReadOnlyList<ConversationEntry>> shown) : IChatObserver
    {
        public Task OnAsync(IReadOnlyList<ConversationEntry> entries, CancellationToken ct)
        {
            shown(entries);
            return Task.CompletedTask;
        }
    }
}
