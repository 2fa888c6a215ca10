using Chat.Benchmarks.Load.Scenarios;
using Chat.Server.Persistence;

namespace Chat.Benchmarks.Growth;

/// <summary>More instances with Redis between them, over which the readers of one conversation are spread.</summary>
internal sealed class InstancesAxis : LoadAxis
{
    private const int Readers = 1_000, Rate = 20;

    public override string Name => "instances";

    public override string Title => "Instances, 1 to 4";

    public override IReadOnlyList<long> Sizes => [1, 2, 4];

    public override IReadOnlyList<long> QuickSizes => [2];

    public override async Task<IReadOnlyList<GrowthTable>> MeasureAsync(GrowthRun run)
    {
        List<double> paced = [], closed = [], rate = [], commit = [];
        var readers = Text(run.IsQuick ? 20 : Readers);
        foreach (var size in run.Sizes)
        {
            run.Progress($"{size}");
            await using var site = await LoadSite.StartAsync(DatabaseKind.Postgres, run, (int)size);
            var (used, _) = await RunAsync(run, new FanOut(), site, ("readers", readers), ("rate", Text(Rate)));
            paced.Add(used.ServersPerDelivery);
            commit.Add(used.DatabasePerMessage);
            (used, var report) = await RunAsync(run, new FanOut(), site, ("readers", readers));
            closed.Add(used.ServersPerDelivery);
            rate.Add(report.Figure("deliveries_per_s"));
        }
        return
        [
            new GrowthTable("", $"{readers} raw readers of one conversation, spread; one sends; all instances "
                + "together, on the processors of this machine", run.Sizes,
            [
                Line($"paced ({Rate} messages a second): µs a delivery", paced),
                Line("paced: processor of PostgreSQL, µs a message", commit),
                Line("closed loop: µs a delivery", closed),
                Line("closed loop: deliveries a second", rate, isCost: false),
            ]),
        ];
    }
}
