using System.Collections.Concurrent;
using Chat.Server.Tasks.Store;
using Chat.Tests.Fixtures;

namespace Chat.Tests.Specs;

/// <summary>Groups, on either database: their order, with any writers, and that only their heads are looked
/// at.</summary>
public abstract class TaskGroupSpec : StoreSpec
{
    private const string Ann = "worker-ann";

    private static CancellationToken None => CancellationToken.None;

    [SpecFact]
    public async Task All_of_a_group_but_its_head_are_behind_and_each_end_lets_one_go()
    {
        await EnqueueAsync([.. Enumerable.Range(0, 5).Select(i => Grouped($"{i}", "a")), NewTasks.Of("free")]);
        Assert.Equal(4, await CountBehindAsync());
        for (var left = 4; left > 0; left--)
        {
            var head = (await ClaimAsync()).Single(task => task.GroupKey is not null);
            Assert.Equal(left, await CountBehindAsync());
            await FinishAsync(left % 2 == 0 ? head.Completed() : head.Archived());
            Assert.Equal(left - 1, await CountBehindAsync());
        }
        Assert.Equal("4", Assert.Single(await ClaimAsync()).Type);
    }

    [SpecFact]
    public async Task Those_that_follow_come_with_the_head_where_that_is_wanted()
    {
        await EnqueueAsync([.. Enumerable.Range(0, 5).Select(i => Grouped($"{i}", "a")), Grouped("b", "b")]);
        var claimed = await ClaimAsync(ofGroup: 3);
        Assert.Equal(["0", "1", "2", "b"], claimed.Select(task => task.Type).Order());
        Assert.Equal([("a", 1), ("a", 1), ("a", 1), ("b", 1)],
            claimed.Select(task => (task.GroupKey!, task.Attempts)).Order());
        Assert.Empty(await ClaimAsync(ofGroup: 3));
        await FinishAsync([.. claimed.Select(task => task.Completed())]);
        Assert.Equal(["3", "4"], (await ClaimAsync(ofGroup: 3)).Select(task => task.Type));
    }

    [SpecFact]
    public async Task Those_that_are_given_back_wait_behind_the_one_that_failed()
    {
        await EnqueueAsync([.. Enumerable.Range(0, 5).Select(i => Grouped($"{i}", "a"))]);
        var claimed = await ClaimAsync(ofGroup: 4);
        // In the worst order: the last first.
        await FinishAsync(claimed[3].Retried(Drafts.Noon, true), claimed[2].Retried(Drafts.Noon, true),
            claimed[1].Retried(Drafts.Noon.AddSeconds(30)), claimed[0].Completed());
        Assert.Empty(await ClaimAsync(ofGroup: 4));
        Assert.Equal(3, await CountBehindAsync());
        var again = await ClaimAsync(at: 30, ofGroup: 9);
        Assert.Equal([("1", 2), ("2", 1), ("3", 1), ("4", 1)], again.Select(task => (task.Type, task.Attempts)));
    }

    [SpecFact]
    public async Task One_that_cannot_be_taken_now_ends_the_row_of_those_that_follow()
    {
        await EnqueueAsync(Grouped("1", "a"), Grouped("2", "a"),
            Grouped("later", "a") with { RunAt = Drafts.Noon.AddHours(1) }, Grouped("4", "a"));
        Assert.Equal(["1", "2"], (await ClaimAsync(ofGroup: 9)).Select(task => task.Type));

        await EnqueueAsync(Grouped("1", "b"), Grouped("2", "b") with { Queue = "other" }, Grouped("3", "b"));
        Assert.Equal(["1"], (await ClaimAsync(ofGroup: 9)).Select(task => task.Type));
    }

    [SpecFact]
    public async Task One_whose_worker_was_lost_comes_alone()
    {
        await EnqueueAsync(Grouped("1", "a"), Grouped("2", "a"));
        Assert.Equal(2, (await ClaimAsync(ofGroup: 9)).Count);
        await Stores.TaskUpkeep.RecoverAsync(Drafts.Noon.AddHours(1), "lost", None);
        foreach (var type in new[] { "1", "2" })
        {
            var task = Assert.Single(await ClaimAsync(at: 3_600, ofGroup: 9));
            Assert.Equal((type, 1, 1), (task.Type, task.Attempts, task.Losses));
            await FinishAsync(task.Completed());
        }
    }

    [SpecFact]
    public async Task Archiving_deleting_and_running_again_keeps_the_order()
    {
        var tasks = Enumerable.Range(0, 5).Select(i => Grouped($"{i}", "a")).ToArray();
        await EnqueueAsync(tasks);
        var head = Assert.Single(await ClaimAsync());
        await Stores.TaskAdmin.DeleteAsync(TaskSelection.One(tasks[1].Id), None);
        await Stores.TaskAdmin.ArchiveAsync(TaskSelection.One(tasks[2].Id), Drafts.Noon, None);
        Assert.Empty(await ClaimAsync());
        await FinishAsync(head.Completed());
        await Stores.TaskAdmin.RunNowAsync(TaskSelection.One(tasks[2].Id), Drafts.Noon, None);
        var order = new List<string>();
        while (await ClaimAsync(at: 1) is [var next])
        {
            order.Add(next.Type);
            await FinishAsync(next.Completed());
        }
        Assert.Equal(["2", "3", "4"], order);

        await EnqueueAsync(Grouped("x", "b"), Grouped("y", "b"), Grouped("z", "b"));
        await Stores.TaskAdmin.DeleteAsync(TaskSelection.All("default", TaskState.Pending), None);
        await EnqueueAsync(Grouped("new", "b"));
        Assert.Equal("new", Assert.Single(await ClaimAsync()).Type);
    }

    [SpecFact]
    public async Task Tasks_of_the_version_before_keep_their_place_and_release_the_next()
    {
        await EnqueueAsync(Grouped("1", "a"));
        var id = Kind == Server.Persistence.DatabaseKind.Sqlite ? "randomblob(16)" : "gen_random_uuid()";
        foreach (var type in new[] { "2", "3" })
            await Database.ExecuteAsync(
                "insert into tasks (id, queue, state, type, payload, run_at, enqueued_at, attempts, max_retry, "
                    + $"group_key, retention_seconds) select {id}, queue, 0, '{type}', payload, run_at, enqueued_at, "
                    + "0, max_retry, group_key, retention_seconds from tasks where type = '1'");
        Assert.Equal(2, await CountBehindAsync());
        foreach (var (type, left) in new[] { ("1", 1), ("2", 0), ("3", 0) })
        {
            Assert.Equal(type, Assert.Single(await ClaimAsync()).Type);
            await Database.ExecuteAsync(type == "1"
                ? "update tasks set state = 4, worker = null, leased_until = null where state = 3"
                : "delete from tasks where state = 3");
            Assert.Equal(left, await CountBehindAsync());
        }
    }

    [SpecFact]
    public async Task A_group_that_got_stuck_goes_on_with_the_next_cleaning()
    {
        await EnqueueAsync(Grouped("1", "a"), Grouped("2", "a"), Grouped("1", "b"));
        await Database.ExecuteAsync("update tasks set is_behind = true where group_key = 'a'");
        Assert.Equal("b", Assert.Single(await ClaimAsync()).GroupKey);
        Assert.Equal(1, await Stores.TaskUpkeep.FreeGroupsAsync(None));
        Assert.Equal("1", Assert.Single(await ClaimAsync()).Type);
        Assert.Equal(0, await Stores.TaskUpkeep.FreeGroupsAsync(None));
    }

    [SpecFact]
    public async Task Nothing_gets_stuck_and_no_order_is_lost_while_many_instances_enqueue_and_work()
    {
        const int perGroup = 60;
        string[] groups = ["a", "b", "c"];
        var done = new ConcurrentDictionary<string, ConcurrentQueue<int>>();
        var left = groups.Length * perGroup;
        StoreHost[] hosts = [.. Enumerable.Range(0, 6).Select(_ => AnotherInstance())];
        var enqueuing = groups.Select((group, sender) => Task.Run(async () =>
        {
            var host = hosts[sender]; // one sender per group: the order is that of its calls
            for (var i = 0; i < perGroup; i += 3)
                await host.Tasks.EnqueueAsync(
                    [.. Enumerable.Range(i, 3).Select(n => Grouped($"{n}", group))], Drafts.Noon, None);
        })).ToList();
        var working = Enumerable.Range(0, 3).Select(worker => Task.Run(async () =>
        {
            var host = hosts[3 + worker];
            List<FinishedTask> finished = [];
            while (Volatile.Read(ref left) > 0 || finished.Count > 0)
            {
                var claimed = await host.Tasks.ExchangeAsync($"w{worker}", finished,
                    [new("default", 2) { OfGroup = 1 + worker * 3 }], Drafts.Noon.AddHours(1),
                    Drafts.Noon.AddHours(2), None);
                finished = [];
                foreach (var group in claimed.GroupBy(task => task.GroupKey!))
                    foreach (var (i, task) in group.Index())
                    {
                        // Now and then one fails; those behind it are given back.
                        if (i > 0 && finished[^1].State == TaskState.Retry)
                            finished.Add(task.Retried(Drafts.Noon, givenBack: true));
                        else if (task is { Attempts: 1, Number: var number } && number % 7 == 0)
                            finished.Add(task.Retried(Drafts.Noon));
                        else
                        {
                            done.GetOrAdd(group.Key, _ => new()).Enqueue(int.Parse(task.Type));
                            Interlocked.Decrement(ref left);
                            finished.Add(task.Completed());
                        }
                    }
            }
        })).ToList();
        await Task.WhenAll([.. enqueuing, .. working]).WaitAsync(Bounds.Run);
        foreach (var group in groups) Assert.Equal(Enumerable.Range(0, perGroup), done[group]);
        Assert.Equal(["0"], await Database.QueryAsync("select count(*) from tasks"));
    }

    private static NewTask Grouped(string type, string group) => NewTasks.Of(type) with { GroupKey = group };

    private Task EnqueueAsync(params NewTask[] tasks) => Stores.Tasks.EnqueueAsync(tasks, Drafts.Noon, None);

    private Task<List<ClaimedTask>> ClaimAsync(int at = 0, int ofGroup = 1) =>
        Stores.Tasks.ExchangeAsync(Ann, [], [new("default", 10) { OfGroup = ofGroup }], Drafts.Noon.AddSeconds(at),
            Drafts.Noon.AddSeconds(at + 60), None);

    private Task FinishAsync(params FinishedTask[] finished) =>
        Stores.Tasks.ExchangeAsync(Ann, finished, [], Drafts.Noon, Drafts.Noon, None);

    private async Task<int> CountBehindAsync() =>
        int.Parse((await Database.QueryAsync("select count(*) from tasks where is_behind = true and state <= 3"))
            .Single());
}
