using Chat.Tests.Fixtures;
using Chat.Tests.Fixtures.Cluster;
using Chat.Tests.Fixtures.Cluster.Tasks;

namespace Chat.Tests.Cluster;

/// <summary>Tasks survive those who do them. The same with 50,000 messages and 20 kills: <c>Chat.Benchmarks --
/// tasks-kill</c>.</summary>
[Collection(ClusterCollection.Name)]
public sealed class TaskKillTests
{
    [PostgresFact]
    public async Task Each_message_that_was_accepted_is_in_the_log_once_whichever_instances_are_killed()
    {
        var shape = new TaskKillShape();
        await using var cluster = await ChatCluster.StartAsync(TaskKillShape.Cluster);
        using var run = new TaskKillRun(shape, TimeProvider.System);
        var result = await run.RunAsync(cluster);
        Assert.Equal(shape.Messages, result.Accepted);
        Assert.True(result.IsProved,
            $"lost: {string.Join(", ", result.Lost)}; repeated: {string.Join(", ", result.Repeated)}; archived: "
                + $"{result.Archived}");
    }
}
