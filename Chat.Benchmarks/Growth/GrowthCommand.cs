using Chat.Benchmarks.Load;

namespace Chat.Benchmarks.Growth;

/// <summary>The command <c>growth</c>.</summary>
internal static class GrowthCommand
{
    private static readonly IGrowthAxis[] Axes =
    [
        new SendersAxis(), new ReadersAxis(), new ConnectionsAxis(), new InstancesAxis(), new ParticipantsAxis(),
        new ConversationsAxis(), new LogAxis(),
    ];

    private static readonly LoadOption[] Options =
    [
        new("most", "0", "leave out sizes above this one; 0: none"),
        new("server", "", "folder of a published server, instead of the one that was built with this program"),
        new("seconds", "4", "how long a load is measured at each size"),
        new("page", "docs/growth.md", "the page; from the root of the repository"),
        new("results", "Chat.Benchmarks/baselines/growth", "where each axis is kept; from the root too"),
    ];

    private static string About =>
        $"""
        growth [axis ...] [--quick] [--option value ...]
        What things cost when there is more of everything: measures the axes named, or all, and writes the page of all
        that were ever measured. All of it takes about 25 minutes; each axis is kept when it is done, so a run that was
        ended goes on with the others. Exit code 1: something grows, and no reason is known why it must.
        Axes: {string.Join(", ", Axes.Select(axis => axis.Name))}. --quick: tiny sizes, to see that it works.
        """;

    /// <returns>0; 1 when there is a fault; 2 when the command line cannot be used.</returns>
    public static Task<int> RunAsync(string[] args)
    {
        var named = args.TakeWhile(arg => !arg.StartsWith('-')).ToList();
        var isQuick = args.Contains("--quick");
        string[] rest = [.. args.Skip(named.Count).Where(arg => arg != "--quick")];
        return BenchCommand.RunAsync(rest, About, Options, options => RunAsync(named, isQuick, options));
    }

    private static async Task<int> RunAsync(List<string> named, bool isQuick, LoadOptions options)
    {
        if (named.Find(name => !Axes.Any(axis => axis.Name == name)) is { } unknown)
            throw new UsageException($"there is no axis {unknown}; there is "
                + string.Join(", ", Axes.Select(axis => axis.Name)));
        var page = new GrowthPage(InRepository(options, "results"));
        var faults = new List<string>();
        var postgres = new Lazy<Task<PostgresServer>>(() => PostgresServer.StartNewAsync(durable: true));
        try
        {
            foreach (var axis in Axes.Where(axis => named.Count == 0 || named.Contains(axis.Name)))
                faults.AddRange(await MeasureAsync(axis, page, options, isQuick, postgres));
        }
        finally
        {
            if (postgres.IsValueCreated) await (await postgres.Value).DisposeAsync();
        }
        foreach (var fault in faults) Console.Error.WriteLine($"fault: {fault}");
        // At tiny sizes a cost is noise.
        return faults.Count == 0 || isQuick ? 0 : 1;
    }

    /// <returns>What grows, and may not.</returns>
    private static async Task<IEnumerable<string>> MeasureAsync(
        IGrowthAxis axis, GrowthPage page, LoadOptions options, bool isQuick, Lazy<Task<PostgresServer>> postgres)
    {
        var most = options.Int("most") is var given and > 0 ? given : long.MaxValue;
        var sizes = (isQuick ? axis.QuickSizes : axis.Sizes).Where(size => size <= most).ToList();
        var run = new GrowthRun(sizes, isQuick, options.TextOrNull("server"), options.Number("seconds"),
            text => Console.Error.WriteLine($"{axis.Name}: {text}"), postgres);
        var result = GrowthResult.Of(
            axis.Name, await axis.MeasureAsync(run), TimeProvider.System);
        page.Keep(result);
        await File.WriteAllTextAsync(InRepository(options, "page"), page.Write(Axes));
        return GrowthPage.Faults(result);
    }

    private static string InRepository(LoadOptions options, string name) =>
        Path.Combine(Repository.Root, options.Text(name));
}
