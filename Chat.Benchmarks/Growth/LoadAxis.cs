using System.Globalization;
using Chat.Benchmarks.Load;

namespace Chat.Benchmarks.Growth;

/// <summary>An axis of a load on servers: servers and a database of their own for each size.</summary>
internal abstract class LoadAxis : IGrowthAxis
{
    public abstract string Name { get; }

    public abstract string Title { get; }

    public abstract IReadOnlyList<long> Sizes { get; }

    public abstract IReadOnlyList<long> QuickSizes { get; }

    public abstract Task<IReadOnlyList<GrowthTable>> MeasureAsync(GrowthRun run);

    /// <summary>A load that a scenario makes.</summary>
    /// <param name="run">How long.</param>
    /// <param name="scenario">Which.</param>
    /// <param name="site">On what.</param>
    /// <param name="options">Of the scenario.</param>
    /// <returns>What was used and done while it was measured, and what the scenario found.</returns>
    /// <exception cref="InvalidOperationException">Something was lost, repeated or refused.</exception>
    protected static async Task<(LoadSample Used, LoadReport Report)> RunAsync(
        GrowthRun run, IScenario scenario, LoadSite site, params (string Name, string Value)[] options)
    {
        var warmup = run.IsQuick ? 0.2 : 2;
        var seconds = run.IsQuick ? 0.5 : run.Seconds;
        var load = New(scenario, site, [.. options, ("warmup", Text(warmup)), ("duration", Text(seconds))]);
        using var bound = new CancellationTokenSource(TimeSpan.FromMinutes(5), TimeProvider.System);
        await scenario.PrepareAsync(load, bound.Token);
        var running = scenario.RunAsync(load, bound.Token);
        await load.DelayAsync(TimeSpan.FromSeconds(warmup), bound.Token);
        var before = await site.SampleAsync();
        await running;
        var used = await site.SampleAsync() - before;
        await scenario.CompleteAsync(load, bound.Token);
        Verify(scenario, load);
        return (used, load.Report);
    }

    protected static LoadRun New(IScenario scenario, LoadSite site, params (string Name, string Value)[] options)
    {
        string[] args =
        [
            .. options.SelectMany(option => new[] { $"--{option.Name}", option.Value }), "--url", site.Urls,
        ];
        return new LoadRun(LoadOptions.Parse(args, [.. scenario.Options, .. LoadCommand.Common]));
    }

    /// <exception cref="InvalidOperationException">Something was lost, repeated or refused.</exception>
    protected static void Verify(IScenario scenario, LoadRun load)
    {
        if (load.Report.ProblemCount > 0)
            throw new InvalidOperationException($"{scenario.Name}: {load.Report.FirstProblem}");
    }

    /// <summary>Sizes that fit: each connection is a file of a server, and one of this process.</summary>
    protected static IReadOnlyList<long> Fitting(IReadOnlyList<long> sizes)
    {
        const int others = 1_000;
        var limit = File.ReadLines("/proc/self/limits")
            .First(line => line.StartsWith("Max open files", StringComparison.Ordinal))
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)[4];
        var most = long.TryParse(limit, CultureInfo.InvariantCulture, out var files) ? files - others : long.MaxValue;
        return [.. sizes.Select(size => Math.Min(size, most)).Distinct()];
    }

    protected static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>A line of figures.</summary>
    /// <param name="name">What they are.</param>
    /// <param name="values">One a size.</param>
    /// <param name="isCost">False: more of it is better.</param>
    /// <param name="why">Why it must grow.</param>
    /// <param name="least">Below it a cost is none.</param>
    protected static GrowthLine Line(
        string name, IReadOnlyList<double> values, bool isCost = true, string? why = null, double least = 1) => new(
        name, [.. values.Select(value => value.ToString(value < 10 ? "0.0" : "#,0", CultureInfo.InvariantCulture))],
        isCost ? values : [.. values.Select(_ => 0.0)]) { Why = why, Least = least };
}
