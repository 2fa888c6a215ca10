namespace Chat.Benchmarks.Load;

/// <summary>What commands share: their help, and what a command line that cannot be used ends with.</summary>
internal static class BenchCommand
{
    /// <param name="args">The command line.</param>
    /// <param name="about">The first lines of the help.</param>
    /// <param name="options">Those there are.</param>
    /// <param name="run">The command; its exit code.</param>
    /// <returns>The exit code; 2 when the command line cannot be used.</returns>
    public static async Task<int> RunAsync(
        string[] args, string about, IReadOnlyList<LoadOption> options, Func<LoadOptions, Task<int>> run)
    {
        if (args.Any(a => a is "--help" or "-h"))
        {
            Console.WriteLine(about);
            foreach (var option in options)
                Console.WriteLine(
                    $"  {"--" + option.Name,-16} {option.Meaning}"
                        + $"{(option.Default.Length > 0 ? $" ({option.Default})" : "")}");
            return 0;
        }
        try
        {
            return await run(LoadOptions.Parse(args, options));
        }
        catch (UsageException e)
        {
            Console.Error.WriteLine(e.Message);
            return 2;
        }
    }

    /// <summary>The same for a command that ends with a report.</summary>
    /// <param name="name">The command.</param>
    /// <param name="args">The command line.</param>
    /// <param name="about">What it does, for the help.</param>
    /// <param name="options">Those there are.</param>
    /// <param name="run">Fills the report.</param>
    /// <returns>0 when the report has no problem, 1 when it has, 2 when the command line cannot be used.</returns>
    public static Task<int> ReportAsync(
        string name, string[] args, string about, IReadOnlyList<LoadOption> options,
        Func<LoadOptions, LoadReport, Task> run) =>
        RunAsync(args, $"{name} [--option value ...]\n{about}", options, async given =>
        {
            var report = new LoadReport();
            await run(given, report);
            report.Write(name, given, options, Console.Out, Console.Error);
            return report.ProblemCount == 0 ? 0 : 1;
        });

    /// <summary>The same for a command of several parts: its option <c>part</c> names one, or all.</summary>
    /// <param name="name">The command.</param>
    /// <param name="args">The command line.</param>
    /// <param name="about">What it does, for the help.</param>
    /// <param name="options">Those there are.</param>
    /// <param name="partsOf">The parts, in the order in which they run.</param>
    /// <returns>0 when the report has no problem, 1 when it has, 2 when the command line cannot be used.</returns>
    public static Task<int> ReportPartsAsync(
        string name, string[] args, string about, IReadOnlyList<LoadOption> options,
        Func<LoadOptions, LoadReport, (string Name, Func<Task> Run)[]> partsOf) =>
        ReportAsync(name, args, about, options, async (given, report) =>
        {
            var part = given.Text("part");
            var chosen = Array.FindAll(partsOf(given, report), one => part == "all" || one.Name == part);
            if (chosen.Length == 0) throw new UsageException($"{part} is not a part");
            foreach (var one in chosen) await one.Run();
        });
}
