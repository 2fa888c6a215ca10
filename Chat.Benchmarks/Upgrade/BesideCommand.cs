using Chat.Benchmarks.Load;

namespace Chat.Benchmarks.Upgrade;

/// <summary>The command <c>beside</c>.</summary>
internal static class BesideCommand
{
    private static readonly LoadOption[] Options =
    [
        new("before", "", "folder that tools/version-before/run.sh has built: server, reader and source"),
        new("server", "", "folder of a published server, instead of the one built with this program"),
    ];

    /// <returns>0 when all is as promised, 1 when not, 2 when the command line cannot be used.</returns>
    public static Task<int> RunAsync(string[] args) => BenchCommand.ReportAsync(
        "beside", args, "A server and clients of the version before, with a server of this version on one PostgreSQL. "
            + "tools/version-before/run.sh builds them and runs this.",
        Options, (options, report) => new BesideRun(options, report, TimeProvider.System).RunAsync());
}
