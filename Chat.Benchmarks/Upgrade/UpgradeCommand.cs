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
    public static Task<int> RunAsync(string[] args) => BenchCommand.ReportAsync(
        "upgrade", args, "A server of the version before (--before is required) and one of this on a large database, "
            + "while both are sent to.",
        Options, (options, report) => new UpgradeRun(options, report, TimeProvider.System).RunAsync());
}
