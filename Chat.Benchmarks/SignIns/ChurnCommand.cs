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
    public static Task<int> RunAsync(string[] args) => BenchCommand.ReportAsync(
        "churn", args, "Connections whose tokens are renewed while messages go on: none may be cut, nothing lost or "
            + "repeated, and the server's memory must be flat.",
        Options, (options, report) => new ChurnRun(options, report, TimeProvider.System).RunAsync());
}
