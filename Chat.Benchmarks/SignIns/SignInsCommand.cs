using Chat.Benchmarks.Load;

namespace Chat.Benchmarks.SignIns;

/// <summary>The command <c>sign-ins</c>.</summary>
internal static class SignInsCommand
{
    private static readonly LoadOption[] Options =
    [
        new("connections", "3000", "how many, of each kind in each round; both ends need that many file descriptors"),
        new("rounds", "3", "the kinds take turns; the figures are medians"),
        new("hold", "20", "seconds to stay, so that a quiet server has given back what opening them took"),
        new("kib", "0.5", "KiB that an idle connection with a token may have more than one in open mode"),
        new("checks", "3", "bare checks of its signature that the processor of a token may cost"),
        new("server", "", "folder of a published server, instead of the one built with this program"),
    ];

    /// <returns>0 when tokens cost no more than they may, 1 when they do, 2 when the command line cannot be
    /// used.</returns>
    public static Task<int> RunAsync(string[] args) => BenchCommand.ReportAsync(
        "sign-ins", args, "What a token costs: memory of an idle connection, and processor of a connect, against open "
            + "mode and against the bare check of a signature.",
        Options, (options, report) => new SignInsRun(options, report, TimeProvider.System).RunAsync());
}
