namespace Chat.Benchmarks.Load;

/// <summary>A load on a running server. Figures and problems go to the run's report.</summary>
internal interface IScenario
{
    string Name { get; }

    /// <summary>One line for <c>--help</c>.</summary>
    string Summary { get; }

    /// <summary>Its own options, beyond the common ones.</summary>
    IReadOnlyList<LoadOption> Options { get; }

    /// <summary>Makes conversations and connections; not measured.</summary>
    Task PrepareAsync(LoadRun run, CancellationToken ct);

    /// <summary>What is measured.</summary>
    Task RunAsync(LoadRun run, CancellationToken ct);

    /// <summary>Waits for what is under way, checks that all came, once and in order, and closes.</summary>
    Task CompleteAsync(LoadRun run, CancellationToken ct);
}
