using System.Globalization;
using System.Text.Json;
using Chat.Benchmarks.Load;

namespace Chat.Benchmarks.Compare;

/// <summary>The command <c>table</c>: what wsload said of each case and server, as medians, with ratios to the first
/// server of the same case.</summary>
internal static class ResultTable
{
    private static readonly string[] Faults = ["lost", "dups", "order", "misrouted", "errors", "stalls", "closed",
        "failed", "bad_status"];

    /// <returns>0 when no run had a fault, else 1.</returns>
    public static int Print(string file, TextWriter output)
    {
        var runs = File.ReadLines(file).Where(line => line.StartsWith('{')).Select(Parse).ToList();
        output.WriteLine(
            "| case | server | runs | throughput/s | p50 ms | p99 ms | server CPU µs/delivery | "
                + "bytes/connection | faults |");
        output.WriteLine("|---|---|---|---|---|---|---|---|---|");
        foreach (var byCase in runs.GroupBy(r => r.Case))
        {
            var servers = byCase.GroupBy(r => r.Server).ToList();
            foreach (var byServer in servers)
                output.WriteLine(
                    Row(byCase.Key, byServer.Key, [.. byServer], byServer == servers[0] ? [] : [.. servers[0]]));
        }
        output.WriteLine(
            "\nMedians; in brackets the ratio to the first server of the same case. Of long polls p99 is the largest.");
        return runs.Exists(r => r.FaultCount > 0) ? 1 : 0;
    }

    private static string Row(string name, string server, List<Run> runs, List<Run> reference)
    {
        string Cell(Func<Run, double?> figure, string format)
        {
            if (MedianOf(runs, figure) is not { } value) return "–";
            var ratio = MedianOf(reference, figure) is { } of and > 0
                ? $" ({(value / of).ToString("0.00", CultureInfo.InvariantCulture)}×)"
                : "";
            return value.ToString(format, CultureInfo.InvariantCulture) + ratio;
        }
        return $"| {name} | {server} | {runs.Count} | {Cell(r => r.Throughput, "#,0")} | {Cell(r => r.P50, "0.00")} | "
            + $"{Cell(r => r.P99, "0.00")} "
            + $"| {Cell(r => r.CpuPerDelivery, "0.0")} | {Cell(r => r.BytesPerConnection, "#,0")} | "
            + $"{runs.Sum(r => r.FaultCount)} |";
    }

    private static double? MedianOf(List<Run> runs, Func<Run, double?> figure)
    {
        var values = runs.Select(figure).OfType<double>().ToList();
        return values.Count == 0 ? null : Median.Of(values);
    }

    /// <remarks>The tag is <c>case|server</c>, given by compare.sh.</remarks>
    private static Run Parse(string line)
    {
        using var document = ParseJson(line);
        var json = document.RootElement; // not a JsonNode: wsload writes the key n twice
        double? Number(string name) =>
            json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number
                ? value.GetDouble()
                : null;
        var (kind, paced) = (json.GetProperty("scenario").GetString(), Number("rate") > 0);
        var byAck = kind == "ack" && json.GetProperty("refill").GetString() == "ack";
        var tag = json.GetProperty("tag").GetString()!.Split('|', 2);
        double? Milliseconds(string name) => kind == "idle" ? null : Number((byAck ? "ack_" : "") + name) / 1000;
        return new Run(tag[0], tag[^1])
        {
            Throughput = paced
                ? null
                : kind switch { "ack" =>
                    Number("sends_per_s"), "idle" or "longpoll" => null, _ => Number("deliveries_per_s") },
            P50 = Milliseconds("p50_us"),
            P99 = kind == "longpoll" ? Number("max_us") / 1000 : Milliseconds("p99_us"),
            CpuPerDelivery = kind is "idle" or "longpoll" ? null : Number("app_cpu_us_per_delivery"),
            BytesPerConnection = Number("bytes_per_conn"),
            FaultCount = Faults.Sum(name => Math.Abs(Number(name) ?? 0)),
        };
    }

    private static JsonDocument ParseJson(string line)
    {
        try
        {
            return JsonDocument.Parse(line);
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"this is not a line of wsload: {line}", e);
        }
    }

    private sealed record Run(string Case, string Server)
    {
        public double? Throughput { get; init; }

        public double? P50 { get; init; }

        /// <summary>Of long polls the largest: there all have to be answered.</summary>
        public double? P99 { get; init; }

        /// <summary>Of the server's process alone, without the database's.</summary>
        public double? CpuPerDelivery { get; init; }

        public double? BytesPerConnection { get; init; }

        public double FaultCount { get; init; }
    }
}
