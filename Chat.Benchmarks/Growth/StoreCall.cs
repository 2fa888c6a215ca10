namespace Chat.Benchmarks.Growth;

/// <summary>A call of the stores that is measured.</summary>
/// <param name="Name">As the page has it.</param>
/// <param name="RunAsync">Makes it, with how often it was made before.</param>
internal sealed record StoreCall(string Name, Func<StoreHost, int, Task> RunAsync)
{
    /// <summary>Why it must grow; null: it must not.</summary>
    public string? Why { get; init; }

    /// <summary>How often it is made at most: it takes long.</summary>
    public int Most { get; init; } = int.MaxValue;

    /// <summary>What a call costs is of so many.</summary>
    public int Of { get; init; } = 1;
}
