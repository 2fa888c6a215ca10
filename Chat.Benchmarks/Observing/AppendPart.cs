using Chat.Benchmarks.Load;
using Chat.Contracts.Identifiers;
using Npgsql;

namespace Chat.Benchmarks.Observing;

/// <summary>Sends with an observer against sends without one: rounds in turns, on one PostgreSQL.</summary>
internal sealed class AppendPart(LoadOptions options, LoadReport report, TimeProvider time)
{
    private const int Conversations = 64;

    private readonly int _sends = Math.Max(1, options.Int("sends")), _senders = Math.Max(1, options.Int("senders"));
    private long _shown;

    public async Task RunAsync()
    {
        await using var postgres = await PostgresServer.StartNewAsync(durable: true);
        var (with, without) = (await postgres.CreateDatabaseAsync(), await postgres.CreateDatabaseAsync());
        await using var observed = await ObserverApplication.StartAsync(with, entries =>
        {
            Interlocked.Add(ref _shown, entries.Count);
            return default;
        });
        await using var plain = await ObserverApplication.StartAsync(without, shown: null);
        await using var reading = NpgsqlDataSource.Create(without);
        (ObserverApplication Application, List<ConversationId> Conversations, Latencies Took, List<double> Seconds,
            List<double> Wal)[] arms =
            [
                (plain, await plain.CreateAsync(Conversations), new(), [], []),
                (observed, await observed.CreateAsync(Conversations), new(), [], []),
            ];
        for (var round = -2; round < Math.Max(1, options.Int("rounds")); round++)
            foreach (var arm in round % 2 == 0 ? arms : [.. arms.Reverse()])
            {
                var took = round < 0 ? new Latencies() : arm.Took;
                var (began, wal) = (time.GetTimestamp(), await WalAsync(reading));
                await SendAsync(arm.Application, arm.Conversations, took);
                var seconds = time.GetElapsedTime(began).TotalSeconds;
                var written = await WalAsync(reading) - wal;
                if (round < 0) continue;
                arm.Seconds.Add(seconds);
                arm.Wal.Add(written / (double)_sends);
            }
        report.Add("append_without_", arms[0].Took);
        report.Add("append_with_", arms[1].Took);
        report.Add("append_p50_ratio", arms[1].Took.Quantile(0.5) / arms[0].Took.Quantile(0.5));
        report.Add("append_time_ratio", MedianRatio(arms[1].Seconds, arms[0].Seconds));
        report.Add("append_wal_bytes_without", Median.Of(arms[0].Wal));
        report.Add("append_wal_bytes_with", Median.Of(arms[1].Wal));
        var sent = _sends * (2L + arms[1].Seconds.Count) + Conversations;
        await Waiting.UntilAsync(() => Task.FromResult(Interlocked.Read(ref _shown) >= sent), time);
    }

    private Task SendAsync(ObserverApplication application, List<ConversationId> conversations, Latencies took)
    {
        var next = -1;
        return Task.WhenAll(Enumerable.Range(0, _senders).Select(_ => Task.Run(async () =>
        {
            for (var n = Interlocked.Increment(ref next); n < _sends; n = Interlocked.Increment(ref next))
            {
                var at = time.GetTimestamp();
                await application.Chat.AsSystem.SendAsync(conversations[n % conversations.Count], "some words of text");
                took.Add(time.GetElapsedTime(at));
            }
        })));
    }

    private static async Task<long> WalAsync(NpgsqlDataSource database)
    {
        await using var command = database.CreateCommand("select (pg_current_wal_insert_lsn() - '0/0')::bigint");
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private static double MedianRatio(List<double> one, List<double> other) =>
        Median.Of(one.Zip(other, (a, b) => a / b));
}
