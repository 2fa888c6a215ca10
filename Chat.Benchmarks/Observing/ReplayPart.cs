using System.Diagnostics;
using Chat.Benchmarks.Load;
using Npgsql;

namespace Chat.Benchmarks.Observing;

/// <summary>A long log is shown from its beginning on.</summary>
internal sealed class ReplayPart(LoadOptions options, LoadReport report, TimeProvider time)
{
    private const int Conversations = 1_000, Batch = 1_000;

    public async Task RunAsync()
    {
        await using var postgres = await PostgresServer.StartNewAsync(durable: true);
        var database = await postgres.CreateDatabaseAsync();
        var wanted = options.Int("entries");
        await FillAsync(database, wanted);
        var observers = Math.Max(1, options.Int("observers"));
        var shown = 0L;
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var process = Process.GetCurrentProcess();
        var (began, first, busy) = (0L, TimeSpan.Zero, new Lock());
        await using var application = await ObserverApplication.StartAsync(database, entries =>
        {
            lock (busy)
            {
                if (began == 0)
                {
                    process.Refresh();
                    (began, first) = (time.GetTimestamp(), process.TotalProcessorTime);
                }
            }
            if (Interlocked.Add(ref shown, entries.Count) >= (long)wanted * observers) done.TrySetResult();
            return default;
        }, observer => (observer.Start, observer.BatchSize) = (Chat.Server.ChatStart.Beginning, Batch), observers);
        await done.Task;
        var seconds = time.GetElapsedTime(began).TotalSeconds;
        process.Refresh();
        var core = (process.TotalProcessorTime - first).TotalSeconds;
        report.Add("replay_entries", shown);
        report.Add("replay_per_second", shown / seconds);
        report.Add("replay_per_core_second", shown / core);
    }

    private async Task FillAsync(string database, int entries)
    {
        await using var source = new NpgsqlDataSourceBuilder($"{database};Command Timeout=1200").Build();
        string[] statements =
        [
            $"""
            insert into conversations (id, kind, created_at, last_sequence, last_entry_at)
            select ('eeeeeeee-0000-7000-8000-' || lpad(to_hex(i), 12, '0'))::uuid, 0, now(), {entries / Conversations},
                   now() from generate_series(1, {Conversations}) i
            """,
            $"""
            insert into messages (conversation_id, sequence, kind, sender_id, message, created_at, message_id, msg_type)
            select ('eeeeeeee-0000-7000-8000-' || lpad(to_hex(1 + i % {Conversations}), 12, '0'))::uuid,
                   1 + i / {Conversations}, 0, 'user' || i % 20, repeat('lorem ipsum ', 2 + i % 9), now(),
                   gen_random_uuid(), 0
              from generate_series(0, {entries - 1}) i
            """,
            "vacuum analyze", "checkpoint",
        ];
        var began = time.GetTimestamp();
        foreach (var statement in statements)
        {
            await using var command = source.CreateCommand(statement);
            await command.ExecuteNonQueryAsync();
        }
        Console.Error.WriteLine($"filled after {time.GetElapsedTime(began).TotalSeconds:0} s");
    }
}
