namespace Chat.Contracts.Commands;

/// <summary>Which of the open reports are asked for.</summary>
public sealed record ReportsQuery
{
    /// <summary>Only reports after the one with this id; null: from the oldest on.</summary>
    public long? After { get; init; }

    /// <summary>How many at most: 1 to 50, 20 unless given.</summary>
    public int? Limit { get; init; }
}
