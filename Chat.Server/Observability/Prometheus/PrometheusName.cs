using System.Text;

namespace Chat.Server.Observability.Prometheus;

/// <summary>Names by OpenTelemetry's rules for Prometheus: <c>chat.commit.duration</c> in seconds is
/// <c>chat_commit_duration_seconds</c>.</summary>
internal static class PrometheusName
{
    public static string For(string name, string? unit, MetricKind kind)
    {
        var result = Sanitize(name);
        if (Suffix(unit) is { } suffix && !result.EndsWith("_" + suffix, StringComparison.Ordinal))
            result += "_" + suffix;
        var isCounter = kind is MetricKind.Counter or MetricKind.ObservedCounter;
        return isCounter && !result.EndsWith("_total", StringComparison.Ordinal) ? result + "_total" : result;
    }

    /// <summary>A name of letters, digits and underscores that does not begin with a digit.</summary>
    public static string Sanitize(string name)
    {
        var result = new StringBuilder(name.Length + 1);
        if (name.Length == 0 || char.IsAsciiDigit(name[0])) result.Append('_');
        foreach (var c in name) result.Append(char.IsAsciiLetterOrDigit(c) ? c : '_');
        return result.ToString();
    }

    private static string? Suffix(string? unit) => unit switch
    {
        "s" => "seconds",
        "ms" => "milliseconds",
        "By" => "bytes",
        _ => null, // {entry} and its like say what is counted, not a unit
    };
}
