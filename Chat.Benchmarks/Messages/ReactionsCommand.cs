using Chat.Benchmarks.Load;

namespace Chat.Benchmarks.Messages;

/// <summary>The command <c>reactions</c>.</summary>
internal static class ReactionsCommand
{
    private static readonly LoadOption[] Options =
    [
        new("reactions", "100000", "of as many users, to one message"),
        new("seconds", "10", "in which they come"),
        new("readers", "1000", "raw sockets that read the conversation, half of them on each server"),
        new("keys", "5", "different reactions"),
        new("connections", "1000", "over which the reactions come to each server"),
        new("rate", "20", "messages per second in the same conversation, before and meanwhile"),
        new("warm", "20000", "reactions to another message first: servers compile what they do while they do it"),
        new("quiet", "5", "seconds of messages before the reactions"),
        new("server", "", "folder of a published server, instead of the one built with this program"),
    ];

    /// <returns>0 when all is as promised; 1 when not; 2 when the command line cannot be used.</returns>
    public static Task<int> RunAsync(string[] args) => BenchCommand.ReportAsync(
        "reactions", args, "A storm of reactions to one message, on two servers with PostgreSQL and Redis of their "
            + "own: what readers are told, and how long messages take meanwhile.",
        Options, async (options, report) =>
        {
            await using var site = await PairSite.StartAsync(options.TextOrNull("server"));
            await using var run = new ReactionsRun(site, options, report, TimeProvider.System);
            await run.RunAsync();
        });
}
