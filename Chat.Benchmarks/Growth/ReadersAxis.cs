using Chat.Benchmarks.Load.Scenarios;
using Chat.Server.Persistence;

namespace Chat.Benchmarks.Growth;

/// <summary>Ever more readers of one conversation, one of whom sends.</summary>
internal sealed class ReadersAxis : LoadAxis
{
    private const double Deliveries = 20_000; // a second, when it is paced

    public override string Name => "readers";

    public override string Title => "Readers of one conversation, 1 to 20,000";

    public override IReadOnlyList<long> Sizes => Fitting([1, 10, 100, 1_000, 5_000, 20_000]);

    public override IReadOnlyList<long> QuickSizes => [20];

    public override async Task<IReadOnlyList<GrowthTable>> MeasureAsync(GrowthRun run)
    {
        var tables = new List<GrowthTable>();
        foreach (var transport in new[] { "raw", "hub" })
        {
            List<double> closed = [], paced = [], rate = [], middle = [];
            foreach (var size in run.Sizes)
            {
                run.Progress($"{transport} {size}");
                await using var site = await LoadSite.StartAsync(DatabaseKind.Postgres, run);
                var perSecond = Text(Math.Clamp(Math.Round(Deliveries / size), 1, 200));
                var (used, report) = await RunAsync(run, new FanOut(), site, ("readers", Text(size)),
                    ("transport", transport), ("rate", perSecond));
                paced.Add(used.ServersPerDelivery);
                middle.Add(report.Figure("p50_ms"));
                (used, report) = await RunAsync(run, new FanOut(), site, ("readers", Text(size)),
                    ("transport", transport));
                closed.Add(used.ServersPerDelivery);
                rate.Add(report.Figure("deliveries_per_s"));
            }
            tables.Add(new GrowthTable(transport, "one sends, all read", run.Sizes,
            [
                Line("closed loop: processor of the server, µs a delivery", closed),
                Line("closed loop: deliveries a second", rate, isCost: false),
                Line("paced (up to 20,000 deliveries a second): µs a delivery", paced),
                Line("paced: p50 from send to reader, ms", middle, least: 5,
                    why: "a message is written to all readers, and half of them come before the median."),
            ]));
        }
        return tables;
    }
}
