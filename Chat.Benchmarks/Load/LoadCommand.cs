using Chat.Benchmarks.Load.Scenarios;

namespace Chat.Benchmarks.Load;

/// <summary>The command <c>load</c>.</summary>
internal static class LoadCommand
{
    /// <summary>What all scenarios have.</summary>
    internal static readonly LoadOption[] Common =
    [
        new("url", "",
            "the server, on this machine: http://127.0.0.1:8080; or several with commas, which the readers take in "
                + "turn, with the senders on the first"),
        new("pid", "", "the server's process id: adds its CPU and memory"),
        new("timeout", "600", "seconds after which the run has failed"),
        new("sabotage", "none", "loss, repeat or order: plays that fault into one reader; the run must then fail"),
    ];

    private static IScenario[] All =>
        [
            new FanOut(), new Rooms(), new Acknowledged(), new Idle(), new LongPoll(), new SlowReaders(), new CatchUp(),
            new HistoryPaging(), new Startup(), new RedisOutage(),
            new SdkCatchUp(), new SdkViews(), new SdkOutbox(),
        ];

    /// <returns>0 when the run is verified, 1 when it is not, 2 when the command line cannot be used.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        if (args is [] || args.Any(a => a is "--help" or "-h"))
        {
            WriteHelp(Console.Out);
            return 0;
        }
        try
        {
            var scenario = All.FirstOrDefault(s => s.Name == args[0])
                ?? throw new UsageException(
                    $"there is no scenario {args[0]}; there is {string.Join(", ", All.Select(s => s.Name))}");
            return await RunAsync(scenario, LoadOptions.Parse(args[1..], [.. scenario.Options, .. Common]));
        }
        catch (UsageException e)
        {
            Console.Error.WriteLine(e.Message);
            return 2;
        }
    }

    private static async Task<int> RunAsync(IScenario scenario, LoadOptions options)
    {
        var run = new LoadRun(options);
        using var bound = new CancellationTokenSource(options.Seconds("timeout"), run.Time);
        try
        {
            await scenario.PrepareAsync(run, bound.Token);
            await scenario.RunAsync(run, bound.Token);
            await scenario.CompleteAsync(run, bound.Token);
        }
        catch (Exception e) when (e is not UsageException)
        {
            run.Report.Problem(bound.IsCancellationRequested
                ? "the run took longer than --timeout allows"
                : Describe(e));
        }
        run.Report.Write(scenario.Name, options, [.. scenario.Options, .. Common], Console.Out, Console.Error);
        return run.Report.ProblemCount == 0 ? 0 : 1;
    }

    /// <summary>With its causes: the outermost often says only that something failed.</summary>
    private static string Describe(Exception exception) =>
        $"{exception.GetType().Name}: "
            + $"{exception.Message}{(exception.InnerException is { } cause ? $" <- {Describe(cause)}" : "")}";

    private static void WriteHelp(TextWriter output)
    {
        output.WriteLine("load <scenario> --url http://127.0.0.1:8080 [--option value ...]");
        output.WriteLine(
            "Every scenario checks what it received. Exit code 1: something was lost, repeated, out of order, "
                + "or refused.");
        foreach (var scenario in All)
        {
            output.WriteLine($"\n{scenario.Name}: {scenario.Summary}");
            foreach (var option in scenario.Options) WriteOption(output, option);
        }
        output.WriteLine("\nall scenarios");
        foreach (var option in Common) WriteOption(output, option);
    }

    private static void WriteOption(TextWriter output, LoadOption option) =>
        output.WriteLine(
            $"  {"--" + option.Name,-16} {option.Meaning}{(option.Default.Length > 0 ? $" ({option.Default})" : "")}");
}
