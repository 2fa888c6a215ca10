using Chat.Benchmarks.Load;

namespace Chat.Benchmarks.Queue;

/// <summary>What the commands of the background queue share: their help, and what a command line that cannot be used
/// ends with.</summary>
internal static class QueueCommand
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
}
