using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;

namespace Chat.Benchmarks.Load;

/// <summary>The figures of a run and whatever was wrong. A run with problems measured nothing: its exit code says
/// so.</summary>
internal sealed class LoadReport
{
    private const int Shown = 10;

    private readonly List<(string Name, double Value)> _figures = [];
    private readonly ConcurrentQueue<string> _problems = new();
    private int _problemCount;

    public int ProblemCount => Volatile.Read(ref _problemCount);

    /// <summary>What was wrong first; null: nothing.</summary>
    public string? FirstProblem => _problems.TryPeek(out var problem) ? problem : null;

    /// <summary>A figure by its name.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public double Figure(string name) => _figures.First(figure => figure.Name == name).Value;

    public void Add(string name, double value) => _figures.Add((name, Math.Round(value, 3)));

    /// <summary>The usual quantiles in milliseconds.</summary>
    public void Add(string prefix, Latencies latencies)
    {
        Add($"{prefix}p50_ms", latencies.Quantile(0.5));
        Add($"{prefix}p99_ms", latencies.Quantile(0.99));
        Add($"{prefix}max_ms", latencies.Max);
    }

    public void Problem(string text)
    {
        if (Interlocked.Increment(ref _problemCount) <= Shown) _problems.Enqueue(text);
    }

    /// <summary>One line for machines, one for people, and the first problems on the error stream.</summary>
    public void Write(string scenario, LoadOptions options, IEnumerable<LoadOption> known, TextWriter output,
        TextWriter errors)
    {
        var json = new JsonObject { ["scenario"] = scenario };
        foreach (var option in known)
            if (options.TextOrNull(option.Name) is { } text
                && option.Name is not ("url" or "pid" or "postgres" or "sqlite" or "published"))
                json[option.Name] = text;
        foreach (var (name, value) in _figures) json[name] = value;
        json["problems"] = ProblemCount;
        output.WriteLine(json.ToJsonString());
        var figures = _figures.Select(f => $"{f.Name} {f.Value.ToString("#,0.###", CultureInfo.InvariantCulture)}");
        output.WriteLine(
            $"{scenario}: {string.Join("  ", figures)}  "
                + $"{(ProblemCount == 0 ? "verified" : $"FAILED, {ProblemCount} problems")}");
        foreach (var problem in _problems) errors.WriteLine($"  problem: {problem}");
    }
}
