using System.Diagnostics.Metrics;

namespace Chat.Server.Observability;

/// <summary>The buckets of histograms. Our instruments advise them, so every listener has the same.</summary>
internal static class HistogramBounds
{
    /// <summary>From a tenth of a millisecond, because a commit takes one.</summary>
    public static readonly InstrumentAdvice<double> Seconds = new()
    {
        HistogramBucketBoundaries =
            [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60],
    };

    public static readonly InstrumentAdvice<int> Sizes = new()
    {
        HistogramBucketBoundaries =
            [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1_024, 4_096, 16_384, 65_536, 1_048_576],
    };

    /// <summary>What the instrument advises, else by its unit: others' instruments need not advise anything.</summary>
    public static double[] For(Instrument instrument) => instrument switch
    {
        Histogram<double> { Advice.HistogramBucketBoundaries: { } advised } => [.. advised],
        Histogram<long> { Advice.HistogramBucketBoundaries: { } advised } => [.. advised],
        Histogram<int> { Advice.HistogramBucketBoundaries: { } advised } => [.. advised],
        { Unit: "s" } => [.. Seconds.HistogramBucketBoundaries!],
        _ => [.. Sizes.HistogramBucketBoundaries!],
    };
}
