using Chat.Benchmarks.Load;

namespace Chat.Benchmarks.Policing;

/// <summary>The command <c>policies</c>.</summary>
internal static class PoliciesCommand
{
    private static readonly LoadOption[] Options =
    [
        new("part", "all", "cost, slow; or all, one after the other"),
        new("calls", "1000000", "cost: of a round"),
        new("rounds", "5", "cost: rounds, of which the median counts; slow: of each kind, in turns"),
        new("rate", "200", "slow: sends per second of those that nothing holds up"),
        new("seconds", "10", "slow: of a round"),
        new("senders", "8", "slow: connections that nothing holds up, each in a conversation of its own"),
        new("slow", "8", "slow: connections in the conversation where the policy takes its time"),
        new("takes", "4.9", "slow: seconds that it takes"),
    ];

    /// <returns>0; 2 when the command line cannot be used.</returns>
    public static Task<int> RunAsync(string[] args) => BenchCommand.ReportPartsAsync(
        "policies", args, "What one policy that allows costs, and whether one that takes five seconds in one "
            + "conversation holds up the sends of\nother connections. The latter on a PostgreSQL of its own.",
        Options, (options, report) =>
        [
            ("cost", () => PolicyCost.RunAsync(options, report, TimeProvider.System)),
            ("slow", () => new SlowPolicyRun(options, report, TimeProvider.System).RunAsync()),
        ]);
}
