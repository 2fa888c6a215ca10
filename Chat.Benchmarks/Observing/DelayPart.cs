using System.Collections.Concurrent;
using Chat.Benchmarks.Load;
using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Npgsql;

namespace Chat.Benchmarks.Observing;

/// <summary>From the receipt of a send until the observer is shown its entry: sent to the instance that runs it and to
/// another one, and while the application has a transaction of its own open.</summary>
internal sealed class DelayPart(LoadOptions options, LoadReport report, TimeProvider time)
{
    private const int Conversations = 32;

    private readonly ConcurrentDictionary<(ConversationId, long), long> _shown = new();

    public async Task RunAsync()
    {
        await using var postgres = await PostgresServer.StartNewAsync(durable: true);
        var database = await postgres.CreateDatabaseAsync();
        await using var runs = await ObserverApplication.StartAsync(database, Note);
        var conversations = await runs.CreateAsync(Conversations);
        await Waiting.UntilAsync(() => Task.FromResult(_shown.Count >= Conversations), time); // it has the lease
        await using var other = await ObserverApplication.StartAsync(database, Note);
        await using var own = NpgsqlDataSource.Create(database);
        await using (var create = own.CreateCommand("create table orders (id bigint)"))
            await create.ExecuteNonQueryAsync();
        foreach (var (name, application) in new[] { ("own", runs), ("other", other) })
        {
            await SendAsync(application, conversations, TimeSpan.FromSeconds(3), new Latencies());
            var quiet = new Latencies();
            await SendAsync(application, conversations, options.Seconds("quiet"), quiet);
            report.Add($"delay_{name}_", quiet);
            await using var connection = await own.OpenConnectionAsync();
            await using var open = await connection.BeginTransactionAsync();
            await using (var order = new NpgsqlCommand("insert into orders values (1)", connection, open))
                await order.ExecuteNonQueryAsync();
            var busy = new Latencies();
            await SendAsync(application, conversations, options.Seconds("seconds"), busy);
            await open.RollbackAsync();
            report.Add($"delay_{name}_host_writes_", busy);
        }
    }

    private ValueTask Note(IReadOnlyList<ConversationEntry> entries)
    {
        var now = time.GetTimestamp();
        foreach (var entry in entries) _shown.TryAdd((entry.ConversationId, entry.Sequence), now);
        return default;
    }

    private async Task SendAsync(
        ObserverApplication application, List<ConversationId> conversations, TimeSpan length, Latencies delays)
    {
        var stored = new ConcurrentQueue<(ConversationId Conversation, long Sequence, long At)>();
        var sends = new List<Task>();
        var count = (int)(options.Int("rate") * length.TotalSeconds);
        var pace = new Pace(options.Int("rate"), time);
        for (var i = 0; i < count; i++)
        {
            await pace.NextAsync(CancellationToken.None);
            sends.Add(OneAsync(conversations[i % conversations.Count]));
        }
        await Task.WhenAll(sends);
        await Waiting.UntilAsync(() => Task.FromResult(
            stored.All(one => _shown.ContainsKey((one.Conversation, one.Sequence)))), time);
        foreach (var one in stored)
            delays.AddTicks(_shown[(one.Conversation, one.Sequence)] - one.At);

        async Task OneAsync(ConversationId conversation)
        {
            var receipt = await application.Chat.AsSystem.SendAsync(conversation, "a few words of text");
            stored.Enqueue((conversation, receipt.Sequence, time.GetTimestamp()));
        }
    }
}
