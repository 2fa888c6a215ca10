using Chat.Benchmarks.Load;

namespace Chat.Benchmarks.Observing;

/// <summary>The command <c>observers</c>.</summary>
internal static class ObserversCommand
{
    private static readonly LoadOption[] Options =
    [
        new("part", "all", "append, delay, replay, kills; or all, one after the other"),
        new("rounds", "10", "append: of each kind, in turns"),
        new("sends", "3000", "append: of a round"),
        new("senders", "1", "append: at once"),
        new("rate", "200", "delay: sends per second"),
        new("quiet", "20", "delay: seconds of each phase without a transaction"),
        new("seconds", "60", "delay: so long the transaction is open"),
        new("entries", "1000000", "replay"),
        new("observers", "1", "replay: at once"),
        new("kills", "20", "kills: processes that run the observer, one after the other"),
    ];

    /// <returns>0; 1 when an entry was left out, came in another order or too late; 2 when the command line cannot be
    /// used.</returns>
    public static Task<int> RunAsync(string[] args) => BenchCommand.ReportPartsAsync(
        "observers", args, "Observers on a PostgreSQL of their own: what they cost an append, how long a commit "
            + "takes to reach one, how fast one reads a log again, and what one is shown when processes are killed.",
        Options, (options, report) =>
        [
            ("append", () => new AppendPart(options, report, TimeProvider.System).RunAsync()),
            ("delay", () => new DelayPart(options, report, TimeProvider.System).RunAsync()),
            ("replay", () => new ReplayPart(options, report, TimeProvider.System).RunAsync()),
            ("kills", () => new KillsPart(options, report, TimeProvider.System).RunAsync()),
        ]);
}
