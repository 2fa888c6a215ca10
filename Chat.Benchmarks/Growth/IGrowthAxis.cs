namespace Chat.Benchmarks.Growth;

/// <summary>Something that grows, and what then costs how much.</summary>
internal interface IGrowthAxis
{
    /// <summary>As the command line has it.</summary>
    string Name { get; }

    /// <summary>As the page has it: what grows, from and to.</summary>
    string Title { get; }

    /// <summary>The sizes that are measured, ascending.</summary>
    IReadOnlyList<long> Sizes { get; }

    /// <summary>Tiny ones, for the test of the command.</summary>
    IReadOnlyList<long> QuickSizes { get; }

    /// <summary>Measures at these sizes. Whatever it starts it ends.</summary>
    Task<IReadOnlyList<GrowthTable>> MeasureAsync(GrowthRun run);
}
