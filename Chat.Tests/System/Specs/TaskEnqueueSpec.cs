using System.Text.Json.Serialization;
using Chat.Server.Persistence;
using Chat.Server.Persistence.Rows;
using Chat.Server.Tasks;
using Chat.Server.Tasks.Store;
using Chat.Tests.Fixtures;
using Microsoft.EntityFrameworkCore;

namespace Chat.Tests.Specs;

/// <summary>What the port of the queue promises to those that enqueue, on either database: with the server as it is,
/// which takes nothing out.</summary>
public abstract class TaskEnqueueSpec : StoreSpec
{
    private static CancellationToken None => CancellationToken.None;

    [SpecFact]
    public async Task A_task_of_a_transaction_is_there_after_its_commit_and_never_was_after_its_rollback()
    {
        await using var server = await ServeAsync();
        var queue = Queue(server);
        await using (var context = await Stores.CreateContextAsync())
        {
            await using var transaction = await context.Database.BeginTransactionAsync();
            queue.Add(context, "test", new TestPayload("rolled back"), TestPayloads.Default.TestPayload);
            await context.SaveChangesAsync();
            await transaction.RollbackAsync();
        }
        Assert.Empty(await TasksAsync());

        EnqueuedTask added;
        await using (var context = await Stores.CreateContextAsync())
        {
            await using var transaction = await context.Database.BeginTransactionAsync();
            added = queue.Add(context, "test", new TestPayload("kept"), TestPayloads.Default.TestPayload,
                new TaskPlan { Queue = "unlisted", MaxRetry = 1 });
            await context.SaveChangesAsync();
            Assert.Empty(await TasksAsync());
            await transaction.CommitAsync();
        }
        queue.Wake();
        var row = Assert.Single(await TasksAsync());
        Assert.Equal((added.Id, "unlisted", 1, TaskState.Pending), (row.Id, row.Queue, row.MaxRetry, row.State));
        Assert.Equal("""{"Text":"kept"}"""u8.ToArray(), row.Payload);
    }

    [SpecFact]
    public async Task A_unique_key_that_is_taken_fails_the_save_of_a_transaction()
    {
        await using var server = await ServeAsync();
        var plan = new TaskPlan { UniqueFor = TimeSpan.FromHours(1) };
        await Queue(server).EnqueueAsync("test", new TestPayload("one"), TestPayloads.Default.TestPayload, plan);
        await using var context = await Stores.CreateContextAsync();
        Queue(server).Add(context, "test", new TestPayload("one"), TestPayloads.Default.TestPayload, plan);
        Assert.False(await ChatDatabase.TrySaveAsync(context, None));
    }

    [SpecFact]
    public async Task A_task_is_identified_by_its_type_with_its_payload_or_key()
    {
        await using var server = await ServeAsync();
        var unique = new TaskPlan { UniqueFor = TimeSpan.FromHours(1) };
        Assert.False(await IsDuplicateAsync("a", [1], unique));
        Assert.True(await IsDuplicateAsync("a", [1], unique));
        Assert.False(await IsDuplicateAsync("a", [2], unique));
        Assert.False(await IsDuplicateAsync("b", [1], unique));
        Assert.False(await IsDuplicateAsync("a", [3], unique with { UniqueKey = "k" }));
        Assert.True(await IsDuplicateAsync("a", [4], unique with { UniqueKey = "k" }));
        Assert.False(await IsDuplicateAsync("a", [1], TaskPlan.Default));

        async Task<bool> IsDuplicateAsync(string type, byte[] payload, TaskPlan plan) =>
            (await Queue(server).EnqueueAsync(type, payload, plan)).Duplicate;
    }

    [SpecFact]
    public async Task Many_callers_at_once_each_get_a_task_of_their_own()
    {
        await using var server = await ServeAsync();
        var stored = await Task.WhenAll(Enumerable.Range(0, 300)
            .Select(i => Queue(server).EnqueueAsync("test", [(byte)i]).AsTask()));
        Assert.Equal(stored.Select(s => s.Id).Order(), (await TasksAsync()).Select(t => t.Id).Order());
    }

    [SpecFact]
    public async Task A_plan_that_cannot_be_is_refused_before_anything_is_stored()
    {
        await using var server = await ServeAsync();
        TaskPlan[] plans =
        [
            new() { Queue = "no spaces" }, new() { MaxRetry = -1 },
            new() { ProcessIn = TimeSpan.FromSeconds(1), ProcessAt = Drafts.Noon },
            new() { Retention = TimeSpan.FromSeconds(-1) },
            new() { UniqueFor = TimeSpan.Zero }, new() { UniqueKey = "k" }, new() { Group = new string('g', 201) },
        ];
        foreach (var plan in plans)
            await Assert.ThrowsAsync<ArgumentException>(() => Queue(server).EnqueueAsync("test", [], plan).AsTask());
        await Assert.ThrowsAsync<ArgumentException>(() => Queue(server).EnqueueAsync("", []).AsTask());
        await Assert.ThrowsAsync<ArgumentException>(
            () => Queue(server).EnqueueAsync("test", new byte[1024 * 1024 + 1]).AsTask());
        Assert.Empty(await TasksAsync());
    }

    private static ITaskQueue Queue(TestServer server) => (ITaskQueue)server.Services.GetService(typeof(ITaskQueue))!;

    private Task<TestServer> ServeAsync() => TestServer.StartAsync(Database.Settings, ("Chat:Tasks:Concurrency", "0"));

    /// <summary>Those of the test, not those that are due every minute.</summary>
    private async Task<List<TaskRow>> TasksAsync()
    {
        await using var context = await Stores.CreateContextAsync();
        return await context.Set<TaskRow>().AsNoTracking().Where(t => t.Queue != PeriodicTasks.Queue).ToListAsync();
    }
}

internal sealed record TestPayload(string Text);

[JsonSerializable(typeof(TestPayload))]
internal sealed partial class TestPayloads : JsonSerializerContext;
