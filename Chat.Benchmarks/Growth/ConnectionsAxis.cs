using Chat.Benchmarks.Load.Scenarios;
using Chat.Server.Persistence;

namespace Chat.Benchmarks.Growth;

/// <summary>Ever more connections that have joined a conversation of ten and say nothing.</summary>
internal sealed class ConnectionsAxis : LoadAxis
{
    public override string Name => "connections";

    public override string Title => "Connections, 1,000 to 60,000";

    public override IReadOnlyList<long> Sizes => Fitting([1_000, 5_000, 10_000, 20_000, 40_000, 60_000]);

    public override IReadOnlyList<long> QuickSizes => [60];

    public override async Task<IReadOnlyList<GrowthTable>> MeasureAsync(GrowthRun run)
    {
        var tables = new List<GrowthTable>();
        foreach (var transport in new[] { "raw", "hub" })
        {
            List<double> held = [], opening = [], idle = [];
            foreach (var size in run.Sizes)
            {
                run.Progress($"{transport} {size}");
                await using var site = await LoadSite.StartAsync(DatabaseKind.Postgres, run);
                var hold = run.IsQuick ? 1 : run.Seconds + 6; // in which what opening took is given back
                var scenario = new Idle();
                var load = New(scenario, site, ("connections", Text(size)), ("transport", transport),
                    ("hold", Text(hold)));
                using var bound = new CancellationTokenSource(TimeSpan.FromMinutes(10), TimeProvider.System);
                var (resident, before) = (site.ResidentBytes, await site.SampleAsync());
                await scenario.PrepareAsync(load, bound.Token);
                var open = await site.SampleAsync();
                await scenario.RunAsync(load, bound.Token);
                held.Add((site.ResidentBytes - resident) / 1024.0 / size);
                opening.Add((open - before).Servers * 1e6 / size);
                idle.Add((await site.SampleAsync() - open).Servers * 1e6 / hold / size);
                await scenario.CompleteAsync(load, bound.Token);
                Verify(scenario, load);
            }
            tables.Add(new GrowthTable(transport,
                "joined to a conversation of ten, silent; each size on a fresh server", run.Sizes,
                [
                    Line("KiB held, the server's fixed growth included", held),
                    Line("processor to open and join, µs, making the conversations included", opening),
                    Line("processor while nothing happens, µs a second", idle, least: 10),
                ]));
        }
        return tables;
    }
}
