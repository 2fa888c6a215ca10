using Chat.Benchmarks.Load;
using Chat.Benchmarks.Queue;
using Chat.Server.Persistence;

namespace Chat.Benchmarks.Lists;

/// <summary>The command <c>lists</c>.</summary>
internal static class ListsCommand
{
    private static readonly LoadOption[] Options =
    [
        new("conversations", "300000", "in the database; the users who are measured are in 1,000 and 20,000 of them"),
        new("entries", "6", "messages in each"),
        new("pages", "300", "first pages of 50 that are read of each list"),
    ];

    /// <returns>0; 2 when the command line cannot be used.</returns>
    public static Task<int> RunAsync(string[] args) => BenchCommand.RunAsync(
        args, "lists [--option value ...]\nFirst pages of the lists of users in 1,000 and in 20,000 conversations, on "
            + "a PostgreSQL of its own. Prints one line of figures.",
        Options, async options =>
        {
            await using var site = await QueueSite.StartAsync(DatabaseKind.Postgres);
            Console.WriteLine(
                (await new ListsRun(site.Database, options, TimeProvider.System).RunAsync(Console.Error))
                .ToJsonString());
            return 0;
        });
}
