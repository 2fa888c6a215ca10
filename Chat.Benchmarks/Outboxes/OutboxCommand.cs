using Chat.Benchmarks.Load;

namespace Chat.Benchmarks.Outboxes;

/// <summary>The command <c>outbox</c>.</summary>
internal static class OutboxCommand
{
    private static readonly LoadOption[] Options =
    [
        new("part", "all", "delay, kills; or all, one after the other"),
        new("rate", "200", "delay: transactions per second"),
        new("seconds", "30", "delay: for so long"),
        new("transactions", "100000", "kills: committed ones, at least"),
        new("kills", "20", "kills: processes, one after the other, in the middle of their work"),
        new("processes", "3", "kills: at once"),
        new("writers", "8", "kills: of each process"),
    ];

    /// <returns>0; 1 when a message is missing, came twice or in another order, or is of a transaction that was taken
    /// back; 2 when the command line cannot be used.</returns>
    public static Task<int> RunAsync(string[] args) => BenchCommand.ReportPartsAsync(
        "outbox", args, "An application that sends with the transactions of its own database: how long a message takes "
            + "from the commit to an observer,\nand what is in the log when processes are killed and a quarter of the "
            + "transactions is taken back.",
        Options, (options, report) =>
        [
            ("delay", () => new OutboxDelay(options, report, TimeProvider.System).RunAsync()),
            ("kills", () => new OutboxKills(options, report, TimeProvider.System).RunAsync()),
        ]);
}
