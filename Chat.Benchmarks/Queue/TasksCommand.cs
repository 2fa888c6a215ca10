using Chat.Benchmarks.Load;
using Chat.Server.Persistence;

namespace Chat.Benchmarks.Queue;

/// <summary>The command <c>tasks</c>.</summary>
internal static class TasksCommand
{
    private static readonly LoadOption[] Options =
    [
        new("database", "sqlite", "sqlite or postgres; either one of its own, which syncs as in production"),
        new("waiting", "1000000",
            "tasks that wait while everything is measured again: of three one scheduled in a day, one due in a paused "
                + "queue, one behind the head of a busy group; 0: not again"),
        new("tasks", "30000", "tasks of each measurement"),
        new("callers", "64", "that enqueue singly, each its next when the last is durable"),
        new("concurrency", "10", "Chat:Tasks:Concurrency of the instance that completes them"),
        new("claims", "1000", "claims of one task each, straight from the store, given back at once"),
        new("pickups", "300", "tasks that find an idle instance, one after the other"),
    ];

    /// <returns>0; 2 when the command line cannot be used.</returns>
    public static Task<int> RunAsync(string[] args) => BenchCommand.RunAsync(
        args, "tasks [--option value ...]\nThe background queue in this process, on a database of its own. Prints one "
            + "line of figures.",
        Options, async options =>
        {
            await using var site = await QueueSite.StartAsync(options.OneOf<DatabaseKind>("database"));
            Console.WriteLine(
                (await new TasksRun(site, options, TimeProvider.System).RunAsync(Console.Error)).ToJsonString());
            return 0;
        });
}
