using System.Globalization;
using System.Text;

namespace Chat.Server.Observability.Prometheus;

using Tag = KeyValuePair<string, object?>;

/// <summary>Prometheus' text format, version 0.0.4.</summary>
internal static class PrometheusText
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    public static string Write(IReadOnlyList<MetricSample> samples)
    {
        var text = new StringBuilder();
        foreach (var (metric, cells) in samples)
        {
            text.Append("# HELP ").Append(metric.Name).Append(' ').Append(EscapeHelp(metric.Help)).Append('\n');
            text.Append("# TYPE ").Append(metric.Name).Append(' ').Append(TypeOf(metric.Kind)).Append('\n');
            foreach (var cell in cells)
                if (metric.Kind == MetricKind.Histogram) WriteHistogram(text, metric, cell);
                else WriteLine(text, metric.Name, cell.Labels, Number(cell.Value));
        }
        return text.ToString();
    }

    /// <summary>The labels of a series in the order of their names:
    /// <c>code="forbidden",transport="signalr"</c>.</summary>
    public static string Labels(ReadOnlySpan<Tag> tags)
    {
        var labels = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var tag in tags)
            labels[PrometheusName.Sanitize(tag.Key)] =
                EscapeLabel(Convert.ToString(tag.Value, CultureInfo.InvariantCulture) ?? "");
        return string.Join(',', labels.Select(label => $"{label.Key}=\"{label.Value}\""));
    }

    private static void WriteHistogram(StringBuilder text, MetricSeries metric, SeriesCell cell)
    {
        var separator = cell.Labels.Length > 0 ? "," : "";
        var buckets = cell.Buckets();
        long count = 0;
        for (var i = 0; i < buckets.Length; i++)
        {
            count += buckets[i];
            var bound = i < metric.Bounds!.Length ? Number(metric.Bounds[i]) : "+Inf";
            WriteLine(text, metric.Name + "_bucket", $"{cell.Labels}{separator}le=\"{bound}\"", Number(count));
        }
        WriteLine(text, metric.Name + "_sum", cell.Labels, Number(cell.Value));
        WriteLine(text, metric.Name + "_count", cell.Labels, Number(count));
    }

    private static void WriteLine(StringBuilder text, string name, string labels, string value)
    {
        text.Append(name);
        if (labels.Length > 0) text.Append('{').Append(labels).Append('}');
        text.Append(' ').Append(value).Append('\n');
    }

    private static string Number(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };

    private static string TypeOf(MetricKind kind) => kind switch
    {
        MetricKind.Counter or MetricKind.ObservedCounter => "counter",
        MetricKind.Histogram => "histogram",
        _ => "gauge",
    };

    private static string EscapeHelp(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\r", "", StringComparison.Ordinal)
            .Replace("\n", "\\n", StringComparison.Ordinal);

    private static string EscapeLabel(string text) => EscapeHelp(text).Replace("\"", "\\\"", StringComparison.Ordinal);
}
