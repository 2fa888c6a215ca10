using Chat.Benchmarks.Load;
using Chat.Benchmarks.Queue;

namespace Chat.Benchmarks.Messages;

/// <summary>The command <c>threads</c>.</summary>
internal static class ThreadsCommand
{
    private static readonly LoadOption[] Options =
    [
        new("replies", "1000000", "in the large thread"),
        new("sends", "600", "replies to each of the threads, in turn"),
        new("pages", "1000", "pages that are read of the thread, and of the main stream past it"),
        new("server", "", "folder of a published server, instead of the one built with this program"),
    ];

    /// <returns>0; 1 when a page was wrong; 2 when the command line cannot be used.</returns>
    public static Task<int> RunAsync(string[] args) => BenchCommand.ReportAsync(
        "threads", args, "A very long thread, on a server with a PostgreSQL of its own: a reply to it against one to a "
            + "short one, how long it takes to open, and the main stream past it.",
        Options, async (options, report) =>
        {
            await using var site = await ServerSite.StartAsync(options.TextOrNull("server"));
            await new ThreadsRun(site, options, report, TimeProvider.System).RunAsync();
        });
}
