using System.Globalization;
using System.Text.RegularExpressions;
using Xunit;

namespace Chat.Tests.Fixtures;

internal sealed record ParsedMetric(string Name, string Type, string Help, List<ParsedSample> Samples)
{
    public double Single(params (string Name, string Value)[] labels) =>
        Assert.Single(Samples, sample => sample.Name == Name && sample.Has(labels)).Value;
}

internal sealed record ParsedSample(string Name, Dictionary<string, string> Labels, double Value)
{
    public bool Has((string Name, string Value)[] labels) =>
        labels.Length == Labels.Count
        && labels.All(label => Labels.TryGetValue(label.Name, out var value) && value == label.Value);
}

/// <summary>Reads the text format 0.0.4 and fails on anything that a strict scraper would refuse.</summary>
internal static partial class PrometheusParser
{
    public static Dictionary<string, ParsedMetric> Parse(string text)
    {
        Assert.EndsWith("\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain('\r', text);
        var metrics = new Dictionary<string, ParsedMetric>(StringComparer.Ordinal);
        string? help = null;
        ParsedMetric? current = null;
        foreach (var line in text.Split('\n')[..^1])
        {
            if (Help().Match(line) is { Success: true } h)
            {
                Assert.Null(help);
                help = h.Groups[0].Value;
                current = null;
            }
            else if (Type().Match(line) is { Success: true } t)
            {
                Assert.NotNull(help);
                Assert.StartsWith($"# HELP {t.Groups["name"].Value} ", help, StringComparison.Ordinal);
                current = new ParsedMetric(t.Groups["name"].Value, t.Groups["type"].Value, help, []);
                Assert.True(metrics.TryAdd(current.Name, current), $"{current.Name} appears twice");
                help = null;
            }
            else
            {
                Assert.NotNull(current);
                current.Samples.Add(Sample(line));
            }
        }
        Assert.Null(help);
        foreach (var metric in metrics.Values) Check(metric);
        return metrics;
    }

    private static ParsedSample Sample(string line)
    {
        var match = SampleLine().Match(line);
        Assert.True(match.Success, $"not a sample: {line}");
        var labels = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < match.Groups["label"].Captures.Count; i++)
        {
            var value = match.Groups["text"].Captures[i].Value;
            Assert.True(labels.TryAdd(match.Groups["label"].Captures[i].Value,
                Escape().Replace(value, m => m.Value == "\\n" ? "\n" : m.Value[1..])));
        }
        return new ParsedSample(match.Groups["name"].Value, labels, Number(match.Groups["value"].Value));
    }

    private static double Number(string text) => text switch
    {
        "+Inf" => double.PositiveInfinity,
        "-Inf" => double.NegativeInfinity,
        _ => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture),
    };

    private static void Check(ParsedMetric metric)
    {
        Assert.NotEmpty(metric.Samples);
        var keys = metric.Samples.Select(
            s => s.Name + string.Join(',', s.Labels.OrderBy(l => l.Key, StringComparer.Ordinal)));
        Assert.Equal(metric.Samples.Count, keys.Distinct().Count());
        if (metric.Type == "counter")
        {
            Assert.EndsWith("_total", metric.Name, StringComparison.Ordinal);
            Assert.All(metric.Samples, sample => Assert.True(sample.Value >= 0));
        }
        if (metric.Type == "histogram") CheckHistogram(metric);
        else Assert.All(metric.Samples, sample => Assert.Equal(metric.Name, sample.Name));
    }

    private static void CheckHistogram(ParsedMetric metric)
    {
        var series = metric.Samples.GroupBy(
            s => string.Join(',', s.Labels.Where(l => l.Key != "le").OrderBy(l => l.Key, StringComparer.Ordinal)));
        foreach (var one in series)
        {
            var buckets = one.Where(s => s.Name == metric.Name + "_bucket").ToList();
            var bounds = buckets.Select(s => Number(s.Labels["le"])).ToList();
            Assert.Equal(bounds.Order(), bounds);
            Assert.Equal(double.PositiveInfinity, bounds[^1]);
            Assert.Equal(buckets.Select(b => b.Value).Order(), buckets.Select(b => b.Value));
            Assert.Equal(buckets[^1].Value, Assert.Single(one, s => s.Name == metric.Name + "_count").Value);
            Assert.Single(one, s => s.Name == metric.Name + "_sum");
        }
    }

    private const string Label =
        """(?<label>[a-zA-Z_][a-zA-Z0-9_]*)="(?<text>(?:[^"\\]|\\\\|\\"|\\n)*)""" + "\"";

    [GeneratedRegex(@"^# HELP [a-zA-Z_:][a-zA-Z0-9_:]* (?:[^\\]|\\\\|\\n)*$")]
    private static partial Regex Help();

    [GeneratedRegex(@"^# TYPE (?<name>[a-zA-Z_:][a-zA-Z0-9_:]*) (?<type>counter|gauge|histogram)$")]
    private static partial Regex Type();

    [GeneratedRegex(
        "^(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)" + @"(?:\{" + Label + "(?:," + Label + @")*\})? "
            + "(?<value>[-+]?[0-9.eE+-]+|NaN|[+-]Inf)$")]
    private static partial Regex SampleLine();

    [GeneratedRegex(@"\\.")]
    private static partial Regex Escape();
}
