using Chat.Benchmarks.Load.Scenarios;
using Chat.Server.Persistence;

namespace Chat.Benchmarks.Growth;

/// <summary>Ever more senders, each in a conversation of its own, the next message when the last is stored.</summary>
internal sealed class SendersAxis : LoadAxis
{
    public override string Name => "senders";

    public override string Title => "Senders, 1 to 4,096";

    public override IReadOnlyList<long> Sizes => [1, 16, 64, 256, 1_024, 4_096];

    public override IReadOnlyList<long> QuickSizes => [8];

    public override async Task<IReadOnlyList<GrowthTable>> MeasureAsync(GrowthRun run)
    {
        var tables = new List<GrowthTable>();
        foreach (var database in new[] { DatabaseKind.Postgres, DatabaseKind.Sqlite })
        {
            List<double> server = [], postgres = [], batch = [], rate = [], slow = [];
            foreach (var size in run.Sizes)
            {
                run.Progress($"{database} {size}");
                await using var site = await LoadSite.StartAsync(database, run);
                var (used, report) = await RunAsync(run, new Acknowledged(), site, ("senders", Text(size)));
                server.Add(used.ServersPerMessage);
                postgres.Add(used.DatabasePerMessage);
                batch.Add(used.Messages / Math.Max(1, used.Batches));
                rate.Add(report.Figure("sends_per_s"));
                slow.Add(report.Figure("ack_p99_ms"));
            }
            List<GrowthLine> lines = [Line("processor of the server, µs a message", server)];
            if (database == DatabaseKind.Postgres) lines.Add(Line("processor of PostgreSQL, µs a message", postgres));
            lines.Add(Line("messages a commit", batch, isCost: false));
            lines.Add(Line("acknowledged messages a second", rate, isCost: false));
            lines.Add(Line("acknowledged, p99, ms", slow, least: 5,
                why: "two processors are full: each of so many waits for its turn."));
            tables.Add(new GrowthTable(GrowthTable.TitleOf(database),
                "each sender in a room of its own, raw sockets", run.Sizes, lines));
        }
        return tables;
    }
}
