using System.Text.Json.Nodes;
using Chat.Benchmarks.Load;
using Chat.Tests.Fixtures.Cluster;
using Chat.Tests.Fixtures.Cluster.Tasks;

namespace Chat.Benchmarks.Queue;

/// <summary>The command <c>tasks-kill</c>.</summary>
internal static class TasksKillCommand
{
    private static readonly LoadOption[] Options =
    [
        new("messages", "50000", "sent over REST, each until it is accepted"),
        new("kills", "20", "instances killed meanwhile, one after the other, and started again"),
        new("senders", "32", "at once"),
        new("conversations", "64", "that they are spread over: those of one go one after the other"),
        new("server", "", "folder of a published server, instead of the one built with this program"),
    ];

    /// <returns>0 when each accepted message is in the log once, 1 when one is not, 2 when the command line cannot be
    /// used.</returns>
    public static Task<int> RunAsync(string[] args) => BenchCommand.RunAsync(
        args, "tasks-kill [--option value ...]\nThree servers on PostgreSQL are killed while messages go through the "
            + "background queue. Exit code 1: one was lost or repeated.",
        Options, async options =>
        {
            var shape = new TaskKillShape
            {
                Messages = options.Int("messages"), Kills = options.Int("kills"),
                Senders = Math.Max(1, options.Int("senders")),
                Conversations = Math.Max(1, options.Int("conversations")),
            };
            await using var cluster = await ChatCluster.StartAsync(
                TaskKillShape.Cluster with { Durable = true, ServerFolder = options.TextOrNull("server") });
            using var run = new TaskKillRun(shape, TimeProvider.System);
            var result = await run.RunAsync(cluster, Console.Error);
            Console.WriteLine(Summary(shape, result).ToJsonString());
            foreach (var body in result.Lost) Console.Error.WriteLine($"lost: {body}");
            foreach (var body in result.Repeated) Console.Error.WriteLine($"repeated: {body}");
            return result.IsProved && result.Accepted == shape.Messages ? 0 : 1;
        });

    private static JsonObject Summary(TaskKillShape shape, TaskKillResult result) => new()
    {
        ["messages"] = shape.Messages, ["kills"] = shape.Kills, ["accepted"] = result.Accepted,
        ["requests"] = result.Attempts, ["lost"] = result.Lost.Count,
        ["repeated"] = result.Repeated.Count, ["archived"] = result.Archived, ["begun_again"] = result.RunAgain,
        ["seconds"] = Math.Round(result.Seconds, 1),
        ["level_s"] = Math.Round(result.LevelSeconds, 1),
    };
}
