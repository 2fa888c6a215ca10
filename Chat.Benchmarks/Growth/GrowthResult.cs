namespace Chat.Benchmarks.Growth;

/// <summary>One axis as it was measured.</summary>
/// <param name="Axis">Its name.</param>
/// <param name="MeasuredAt">The day.</param>
/// <param name="Machine">What it was measured on.</param>
/// <param name="Tables">Its tables, by their titles.</param>
internal sealed record GrowthResult(
    string Axis, DateOnly MeasuredAt, string Machine, IReadOnlyList<GrowthTable> Tables)
{
    /// <summary>Of this machine, now.</summary>
    public static GrowthResult Of(string axis, IReadOnlyList<GrowthTable> tables, TimeProvider time) => new(
        axis, DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime),
        $"{Environment.ProcessorCount} processors, .NET {Environment.Version}", tables);
}
