using System.Diagnostics;
using Chat.Benchmarks.Load.Clients;
using Chat.ClientSdk;
using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;

namespace Chat.Benchmarks.Load.Scenarios;

/// <summary>A client of the SDK reads a long conversation from its beginning, in batches.</summary>
internal sealed class SdkCatchUp : IScenario
{
    private readonly PreparedConversation _prepared = new("catch-up");

    public string Name => "sdk-catch-up";

    public string Summary => "one client of the SDK reads a prepared conversation in batches";

    public IReadOnlyList<LoadOption> Options =>
    [
        .. PreparedConversation.Options,
        new("entries", "100000", "length of the conversation"),
        new("size", "200", "characters of a message"),
        new("repeats", "5", "reads, one after the other; the median counts"),
        new("page", "500", "entries of a page"),
    ];

    public Task PrepareAsync(LoadRun run, CancellationToken ct) =>
        _prepared.FillAsync(run, run.Options.Int("entries"), ct);

    public async Task RunAsync(LoadRun run, CancellationToken ct)
    {
        await ReadOnceAsync(run, ct); // warm
        var (rates, cpu) = (new List<double>(), Process.GetCurrentProcess().TotalProcessorTime);
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; i < run.Options.Int("repeats"); i++) rates.Add(await ReadOnceAsync(run, ct));
        var cores = (Process.GetCurrentProcess().TotalProcessorTime - cpu) / Stopwatch.GetElapsedTime(started);
        rates.Sort();
        run.Report.Add("entries_per_s", rates[rates.Count / 2]);
        run.Report.Add("best_entries_per_s", rates[^1]);
        run.Report.Add("client_cores", cores);
        run.Report.Add("entries_per_core_s", rates[rates.Count / 2] / cores);
    }

    public Task CompleteAsync(LoadRun run, CancellationToken ct) => Task.CompletedTask;

    /// <returns>Entries a second, from asking to having all of them.</returns>
    private async Task<double> ReadOnceAsync(LoadRun run, CancellationToken ct)
    {
        await using var client = await _prepared.ConnectAsync(run,
            options => options with { Reading = new ReadingOptions { PageSize = run.Options.Int("page") } }, ct);
        var (next, started) = (1L, Stopwatch.GetTimestamp());
        await foreach (var batch in client.ReadBatchesAsync(_prepared.Conversation, after: 0, ct))
        {
            foreach (var entry in Distort(run, batch))
                if (entry.Sequence != next++)
                    run.Report.Problem($"sequence {entry.Sequence} came in place of {next - 1}");
            if (next > _prepared.Head) break;
        }
        return _prepared.Head / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private static IEnumerable<ConversationEntry> Distort(
        LoadRun run, IReadOnlyList<ConversationEntry> batch) => run.Sabotage switch
    {
        Sabotage.Loss => batch.Skip(1),
        Sabotage.Repeat => batch.Append(batch[^1]),
        Sabotage.Order => batch.Reverse(),
        _ => batch,
    };
}
