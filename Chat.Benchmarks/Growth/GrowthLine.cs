namespace Chat.Benchmarks.Growth;

/// <summary>What one thing costs at each size of an axis.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Cells">As the page shows it.</param>
/// <param name="Costs">What is compared; what is counted rather than timed where there is such a figure.</param>
internal sealed record GrowthLine(string Name, IReadOnlyList<string> Cells, IReadOnlyList<double> Costs)
{
    /// <summary>It is flat while it costs no more than twice what it cost first.</summary>
    private const double Tolerated = 2;

    /// <summary>Costs below it are none.</summary>
    public double Least { get; init; } = 1;

    /// <summary>Why it must grow; null: it must not.</summary>
    public string? Why { get; init; }

    /// <summary>The place of the first size at which it is not flat any more; null: it is flat.</summary>
    public int? GrowsAt()
    {
        var flat = Tolerated * Math.Max(Least, Costs[0]);
        for (var i = 1; i < Costs.Count; i++)
            if (Costs[i] > flat) return i;
        return null;
    }
}
