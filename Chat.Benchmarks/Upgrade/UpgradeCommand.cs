using Chat.Benchmarks.Load;

namespace Chat.Benchmarks.Upgrade;

/// <summary>The command <c>upgrade</c>.</summary>
internal static class UpgradeCommand
{
    private static readonly LoadOption[] Options =
    [
        new("before", "", "folder of a published server of the version before"),
        new("server", "", "folder of a published server, instead of the one built with this program"),
        new("rows", "10000000", "messages in the log"),
        new("conversations", "1000", "whose they are"),
        new("rate", "50", "messages a second to each of the two servers, all the time"),
        new("migration", "5", "seconds that the migration may take"),
    ];

    /// <returns>0 when nothing was refused and all was in time, 1 when not, 2 when the command line cannot be
    /// used.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        try
        {
            var options = LoadOptions.Parse(args, Options);
            var report = new LoadReport();
            await new UpgradeRun(options, report, TimeProvider.System).RunAsync();
            report.Write("upgrade", options, Options, Console.Out, Console.Error);
            return report.ProblemCount == 0 ? 0 : 1;
        }
        catch (UsageException e)
        {
            Console.Error.WriteLine(e.Message);
            return 2;
        }
    }
}
