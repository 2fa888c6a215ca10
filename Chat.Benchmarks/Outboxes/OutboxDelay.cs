using System.Collections.Concurrent;
using Chat.Benchmarks.Load;
using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Server.Persistence;

namespace Chat.Benchmarks.Outboxes;

/// <summary>From the commit of the application's transaction until an observer of the chat is shown its message.
/// </summary>
internal sealed class OutboxDelay(LoadOptions options, LoadReport report, TimeProvider time)
{
    private const int Conversations = 32;

    private static readonly TimeSpan Warm = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, long> _shown = new(StringComparer.Ordinal);

    public async Task RunAsync()
    {
        await using var postgres = await PostgresServer.StartNewAsync(durable: true);
        var (shop, chat) = (await postgres.CreateDatabaseAsync(), await postgres.CreateDatabaseAsync());
        await OutboxApplication.CreateShopAsync(shop);
        await using var application = await OutboxApplication.StartAsync(shop, chat, Note);
        var conversations = await MakeAsync(chat, Conversations);
        await PlaceAsync(application, conversations, Warm, new Latencies());
        var delays = new Latencies();
        await PlaceAsync(application, conversations, options.Seconds("seconds"), delays);
        report.Add("delay_", delays);
    }

    /// <summary>So many conversations in the chat's database, whose tables are made.</summary>
    public static async Task<List<ConversationId>> MakeAsync(string chat, int count)
    {
        await using var stores = new StoreHost(new DatabaseSettings(DatabaseKind.Postgres, chat));
        await stores.Migrator.MigrateAsync(CancellationToken.None);
        return await StoredConversations.MakeAsync(stores, count);
    }

    private void Note(IReadOnlyList<ConversationEntry> entries)
    {
        var now = time.GetTimestamp();
        foreach (var entry in entries.OfType<MessageEntry>()) _shown.TryAdd(entry.Body!, now);
    }

    private async Task PlaceAsync(
        OutboxApplication application, List<ConversationId> conversations, TimeSpan length, Latencies delays)
    {
        var committed = new ConcurrentQueue<(string Text, long At)>();
        var placing = new List<Task>();
        var count = (int)(options.Int("rate") * length.TotalSeconds);
        var pace = new Pace(options.Int("rate"), time);
        for (var i = 0; i < count; i++)
        {
            await pace.NextAsync(CancellationToken.None);
            placing.Add(OneAsync(i));
        }
        await Task.WhenAll(placing);
        await Waiting.UntilAsync(() => Task.FromResult(
            committed.All(one => _shown.ContainsKey(one.Text))), time);
        foreach (var (text, at) in committed) delays.AddTicks(_shown[text] - at);

        async Task OneAsync(int n)
        {
            var order = Guid.CreateVersion7();
            var kind = n % 4 == 0 ? OutboxTransaction.Own : OutboxTransaction.OfSave;
            await application.PlaceAsync(order, conversations[n % conversations.Count], kind, $"{order:N}");
            committed.Enqueue(($"{order:N}", time.GetTimestamp()));
        }
    }
}
