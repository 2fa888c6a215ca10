using Chat.Benchmarks.Load;

namespace Chat.Benchmarks.SignIns;

/// <summary>The command <c>churn</c>.</summary>
internal static class ChurnCommand
{
    private static readonly LoadOption[] Options =
    [
        new("connections", "2000", "how many; both ends need that many file descriptors"),
        new("life", "30", "seconds that a token lives; each connection gets a new one in time"),
        new("seconds", "600", "how long"),
        new("room-size", "10", "members of a conversation"),
        new("rate", "200", "messages a second, of all together"),
        new("growth", "5", "per cent by which the memory of the last third may differ from that of the second"),
        new("server", "", "folder of a published server, instead of the one built with this program"),
    ];

    /// <returns>0 when nothing was lost, repeated or cut and the memory is flat, 1 when not, 2 when the command line
    /// cannot be used.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        try
        {
            var options = LoadOptions.Parse(args, Options);
            var report = new LoadReport();
            await new ChurnRun(options, report, TimeProvider.System).RunAsync();
            report.Write("churn", options, Options, Console.Out, Console.Error);
            return report.ProblemCount == 0 ? 0 : 1;
        }
        catch (UsageException e)
        {
            Console.Error.WriteLine(e.Message);
            return 2;
        }
    }
}
