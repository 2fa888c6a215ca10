using System.Collections.Concurrent;
using System.Globalization;
using Chat.Benchmarks.Load;
using Npgsql;

namespace Chat.Benchmarks.Outboxes;

/// <summary>Processes of an application are killed while they place orders, of which a quarter is taken back. The
/// message of each committed order is to be in the log once, those of one writer in their order, and none of an order
/// that is not there.</summary>
internal sealed class OutboxKills(LoadOptions options, LoadReport report, TimeProvider time)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200);

    private readonly ConcurrentDictionary<string, bool> _takenBack = new(StringComparer.Ordinal);

    public async Task RunAsync()
    {
        await using var postgres = await PostgresServer.StartNewAsync(durable: true);
        var (shop, chat) = (await postgres.CreateDatabaseAsync(), await postgres.CreateDatabaseAsync());
        await OutboxApplication.CreateShopAsync(shop);
        var (count, writers) = (Math.Max(1, options.Int("processes")), Math.Max(1, options.Int("writers")));
        var conversations = await OutboxDelay.MakeAsync(chat, writers);
        await using var orders = NpgsqlDataSource.Create(shop);
        var started = 0;
        List<OutboxProcess> processes = [.. Enumerable.Range(0, count).Select(_ => Start())];
        await Task.WhenAll(processes.Select(process => process.Ready));
        var began = time.GetTimestamp();
        var (wanted, kills) = (options.Int("transactions"), options.Int("kills"));
        for (var kill = 1; kill <= kills; kill++)
        {
            await UntilAsync(orders, wanted * (long)kill / (kills + 1));
            var oldest = processes[0];
            await oldest.Ready;
            await oldest.KillAsync();
            processes.RemoveAt(0);
            processes.Add(Start());
        }
        await UntilAsync(orders, wanted);
        var took = time.GetElapsedTime(began).TotalSeconds;
        foreach (var process in processes)
        {
            await process.Ready;
            await process.StopWritingAsync();
        }
        var stopped = time.GetTimestamp();
        await Waiting.UntilAsync(async () => await CountAsync(orders, "chat_outbox") == 0, time);
        var drained = time.GetElapsedTime(stopped).TotalSeconds;
        foreach (var process in processes) await process.EndAsync();
        await CompareAsync(orders, chat);
        report.Add("kills", kills);
        report.Add("kills_transactions_per_second", await CountAsync(orders, "orders") / took);
        report.Add("kills_drained_after_s", drained);

        OutboxProcess Start() => OutboxProcess.Start(
            shop, chat, started++, writers, conversations, line => _takenBack.TryAdd(line, true));
    }

    private async Task CompareAsync(NpgsqlDataSource orders, string chat)
    {
        var committed = new HashSet<string>(StringComparer.Ordinal);
        await ReadAsync(orders, "select id from orders",
            reader => committed.Add(reader.GetGuid(0).ToString("N", CultureInfo.InvariantCulture)));
        var (at, stored) = (new Dictionary<string, int>(StringComparer.Ordinal),
            new HashSet<string>(StringComparer.Ordinal));
        await using var log = NpgsqlDataSource.Create(chat);
        await ReadAsync(log, "select message from messages where kind = 0 order by conversation_id, sequence", reader =>
        {
            var parts = reader.GetString(0).Split(' ');
            var (order, writer, n) = (parts[0], parts[1], int.Parse(parts[2], CultureInfo.InvariantCulture));
            if (!stored.Add(order)) report.Problem($"{order} is in the log twice");
            if (_takenBack.ContainsKey(order)) report.Problem($"{order} was taken back and is in the log");
            else if (!committed.Contains(order)) report.Problem($"{order} was not committed and is in the log");
            if (at.GetValueOrDefault(writer, -1) is var last && last >= n)
                report.Problem($"{writer}: {n} came after {last}");
            at[writer] = n;
        });
        foreach (var order in committed)
            if (!stored.Contains(order)) report.Problem($"{order} was committed and is not in the log");
        report.Add("kills_committed", committed.Count);
        report.Add("kills_taken_back", _takenBack.Count);
        report.Add("kills_stored", stored.Count);
    }

    private Task UntilAsync(NpgsqlDataSource orders, long count) => Waiting.UntilAsync(async () =>
    {
        await Task.Delay(Look, time);
        return await CountAsync(orders, "orders") >= count;
    }, time);

    private static async Task<long> CountAsync(NpgsqlDataSource source, string table)
    {
        var count = 0L;
        await ReadAsync(source, $"select count(*) from {table}", reader => count = reader.GetInt64(0));
        return count;
    }

    private static async Task ReadAsync(NpgsqlDataSource source, string sql, Action<NpgsqlDataReader> row)
    {
        await using var command = source.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync()) row(reader);
    }
}
