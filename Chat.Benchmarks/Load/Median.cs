namespace Chat.Benchmarks.Load;

/// <summary>The value in the middle.</summary>
internal static class Median
{
    /// <summary>Of an even number of values: half-way between the two in the middle.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no value.</exception>
    public static double Of(IEnumerable<double> values)
    {
        double[] ordered = [.. values.Order()];
        ArgumentOutOfRangeException.ThrowIfZero(ordered.Length, nameof(values));
        return (ordered[(ordered.Length - 1) / 2] + ordered[ordered.Length / 2]) / 2;
    }
}
