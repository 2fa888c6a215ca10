using Chat.Benchmarks.Load;

namespace Chat.Benchmarks.Queue;

/// <summary>The command <c>tasks-burst</c>.</summary>
internal static class BurstCommand
{
    private static readonly LoadOption[] Options =
    [
        new("messages", "5000",
            "of one sender to one conversation over REST, all accepted before the first is handled"),
        new("others", "4", "users who send meanwhile, each its next when the last was shown"),
        new("server", "", "folder of a published server, instead of the one built with this program"),
    ];

    /// <returns>0; 1 when a message is missing; 2 when the command line cannot be used.</returns>
    public static Task<int> RunAsync(string[] args) => BenchCommand.RunAsync(
        args, "tasks-burst [--option value ...]\nA server on PostgreSQL; one sender's burst waits in the queue. How "
            + "long until it is in the log, and how long others' messages take meanwhile.",
        Options, async options =>
        {
            await using var site = await ServerSite.StartAsync(options.TextOrNull("server"));
            using var run = new BurstRun(site, options, TimeProvider.System);
            Console.WriteLine((await run.RunAsync()).ToJsonString());
            return 0;
        });
}
