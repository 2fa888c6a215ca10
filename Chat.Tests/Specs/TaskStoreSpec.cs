using Chat.Server.Persistence;
using Chat.Server.Tasks.Store;
using Chat.Tests.Fixtures;

namespace Chat.Tests.Specs;

/// <summary>What the store of the background queue promises on its hot path, on either database. Leases, figures and
/// what operators do: <see cref="TaskUpkeepSpec"/>.</summary>
public abstract class TaskStoreSpec : StoreSpec
{
    private const string Ann = "worker-ann", Bob = "worker-bob";

    private static CancellationToken None => CancellationToken.None;

    [SpecFact]
    public async Task Tasks_come_in_the_order_in_which_they_are_due_with_all_they_have()
    {
        var late = NewTasks.Of("late", due: TimeSpan.FromSeconds(2));
        var full = NewTasks.Of("full") with
        {
            Deadline = Drafts.Noon.AddHours(1), RetentionSeconds = 60, MaxRetry = 7, Payload = [0, 255]
        };
        Assert.Equal([true, true, true], await EnqueueAsync(late, full, NewTasks.Of("second")));

        var claimed = await ClaimAsync(at: 5, limit: 2);

        Assert.Equal(["full", "second"], claimed.Select(t => t.Type));
        var task = claimed[0];
        Assert.Equal((full.Id, "default", Drafts.Noon, 1, 7, 60L, (string?)null),
            (task.Id, task.Queue, task.EnqueuedAt, task.Attempts, task.MaxRetry, task.RetentionSeconds, task.Errors));
        Assert.Equal(full.Deadline, task.Deadline);
        Assert.Equal(full.Payload, task.Payload);
        Assert.Equal(["late"], (await ClaimAsync(at: 5)).Select(t => t.Type));
        Assert.Empty(await ClaimAsync(at: 5));
    }

    [SpecFact]
    public async Task A_call_whose_answer_was_lost_can_be_made_again_and_stores_each_once()
    {
        var (free, keyed) = (NewTasks.Of("free"), Keyed("=k"));
        await EnqueueAsync(free, keyed);
        Assert.Equal([true, true, true, false], await EnqueueAsync(free, keyed, NewTasks.Of("new"), Keyed("=k")));
        var claimed = await ClaimAsync();
        Assert.Equal(3, claimed.Count);
        Assert.Equal(claimed.Select(task => task.Id).Distinct(), claimed.Select(task => task.Id));
        // Nor is one that is at work given to a second worker.
        Assert.Equal([true, true], await EnqueueAsync(free, keyed));
        Assert.Empty(await ClaimAsync());
    }

    [SpecFact]
    public async Task A_task_waits_for_its_time()
    {
        await EnqueueAsync(NewTasks.Of(due: TimeSpan.FromSeconds(10)));
        Assert.Empty(await ClaimAsync(at: 9));
        Assert.Single(await ClaimAsync(at: 10));
    }

    [SpecFact]
    public async Task Only_queues_that_are_asked_for_are_handed_out_and_no_more_than_that()
    {
        await EnqueueAsync(
            [.. Enumerable.Range(0, 3)
                .SelectMany(_ => new[] { NewTasks.Of(queue: "a"), NewTasks.Of(queue: "b"), NewTasks.Of(queue: "c") })]);
        var claimed = await Stores.Tasks.ExchangeAsync(Ann, [], [new("a", 2), new("b", 1)], Drafts.Noon,
            Drafts.Noon.AddMinutes(1), None);
        Assert.Equal(["a", "a", "b"], claimed.Select(t => t.Queue).Order());
    }

    [SpecFact]
    public async Task A_unique_key_is_held_until_its_task_is_completed_also_across_retries()
    {
        Assert.Equal([true, false], await EnqueueAsync(Keyed("=k"), Keyed("=k")));
        Assert.Equal([false, true], await EnqueueAsync(Keyed("=k"), Keyed("=other")));
        var task = (await ClaimAsync()).Single(t => t.Type == "=k");
        Assert.Equal([false], await EnqueueAsync(Keyed("=k")));
        await FinishAsync(task.Retried(Drafts.Noon));
        Assert.Equal([false], await EnqueueAsync(Keyed("=k")));
        task = Assert.Single(await ClaimAsync());
        await FinishAsync(task.Completed());
        Assert.Equal([true], await EnqueueAsync(Keyed("=k")));
    }

    [SpecFact]
    public async Task Being_archived_frees_a_unique_key_but_not_one_that_lasts()
    {
        await EnqueueAsync(Keyed("=k"), Keyed("@lasting"));
        var claimed = await ClaimAsync();
        await FinishAsync([.. claimed.Select(t => t.Archived())]);
        Assert.Equal([true, false], await EnqueueAsync(Keyed("=k"), Keyed("@lasting")));
    }

    [SpecFact]
    public async Task A_unique_key_is_free_once_its_time_is_over()
    {
        await EnqueueAsync(Keyed("=k"));
        Assert.Equal([false], await EnqueueAtAsync(59, Keyed("=k")));
        Assert.Equal([true], await EnqueueAtAsync(60, Keyed("=k")));
        Assert.Equal(2, (await ClaimAsync()).Count);
    }

    [SpecFact]
    public async Task A_lasting_key_outlives_completion_until_its_time_is_over()
    {
        await EnqueueAsync(Keyed("@k") with { RetentionSeconds = 600 });
        await FinishAsync((await ClaimAsync()).Single().Completed());
        Assert.Equal([false], await EnqueueAsync(Keyed("@k")));
        Assert.Equal([true], await EnqueueAtAsync(60, Keyed("@k")));
    }

    [SpecFact]
    public async Task Instances_that_store_the_same_keys_in_different_orders_store_each_once()
    {
        var hosts = new[] { Stores, AnotherInstance(), AnotherInstance(), AnotherInstance() };
        for (var round = 0; round < 10; round++)
        {
            var keys = Enumerable.Range(0, 50).Select(i => $"={round}-{i}").ToArray();
            var stored = await Task.WhenAll(hosts.Select((host, i) => Task.Run(() =>
                host.Tasks.EnqueueAsync([.. (i % 2 == 0 ? keys : keys.Reverse()).Select(k => Keyed(k))], Drafts.Noon,
                    None))));
            Assert.Equal(keys.Length, stored.Sum(s => s.Count(one => one)));
        }
    }

    [SpecFact]
    public async Task Of_a_group_only_the_first_that_is_not_done_is_handed_out()
    {
        await EnqueueAsync(Grouped("a1", "a"), Grouped("a2", "a"), Grouped("b1", "b"), NewTasks.Of("free"));
        var claimed = await ClaimAsync();
        Assert.Equal(["a1", "b1", "free"], claimed.Select(t => t.Type).Order());
        Assert.Empty(await ClaimAsync());
        var a1 = claimed.Single(t => t.Type == "a1");

        await FinishAsync(a1.Retried(Drafts.Noon.AddSeconds(30)));
        Assert.Empty(await ClaimAsync(at: 29)); // those behind wait for the retry too
        a1 = Assert.Single(await ClaimAsync(at: 30));
        Assert.Equal(("a1", 2), (a1.Type, a1.Attempts));

        var a2 = Assert.Single(
            await Stores.Tasks.ExchangeAsync(Ann, [a1.Completed()], [new("default", 10)], Drafts.Noon.AddSeconds(30),
                Drafts.Noon.AddMinutes(1), None));
        Assert.Equal("a2", a2.Type);
    }

    [SpecFact]
    public async Task An_archived_task_no_longer_holds_up_its_group_and_comes_back_only_between_two_others()
    {
        var first = Grouped("a1", "a");
        await EnqueueAsync(first, Grouped("a2", "a"));
        await FinishAsync((await ClaimAsync()).Single().Archived());
        var second = Assert.Single(await ClaimAsync());
        Assert.Equal("a2", second.Type);

        Assert.Equal(1, await Stores.TaskAdmin.RunNowAsync(TaskSelection.One(first.Id), Drafts.Noon, None));
        Assert.Empty(await ClaimAsync());
        await FinishAsync(second.Completed());
        Assert.Equal("a1", Assert.Single(await ClaimAsync()).Type);
    }

    [SpecFact]
    public async Task One_exchange_notes_what_is_done_and_hands_out_the_next()
    {
        await EnqueueAsync(NewTasks.Of("one") with { RetentionSeconds = 5 }, NewTasks.Of("two"), NewTasks.Of("three"),
            NewTasks.Of("four"));
        var first = await ClaimAsync(limit: 3);
        var next = await Stores.Tasks.ExchangeAsync(
            Ann, [first[0].Completed(), first[1].Completed(), first[2].Retried(Drafts.Noon.AddHours(1))],
            [new("default", 5)], Drafts.Noon, Drafts.Noon.AddMinutes(1), None);
        Assert.Equal("four", Assert.Single(next).Type);

        var kept = await Stores.TaskAdmin.FindAsync(first[0].Id, None);
        Assert.Equal((TaskState.Completed, Drafts.Noon, Drafts.Noon.AddSeconds(5), null),
            (kept!.State, kept.FinishedAt, kept.KeptUntil, kept.Worker));
        Assert.Null(await Stores.TaskAdmin.FindAsync(first[1].Id, None)); // without retention it is gone
        var retried = await Stores.TaskAdmin.FindAsync(first[2].Id, None);
        Assert.Equal((TaskState.Retry, Drafts.Noon.AddHours(1), "failed", null),
            (retried!.State, retried.RunAt, retried.LastError, retried.FinishedAt));
    }

    [SpecFact]
    public async Task An_attempt_that_is_given_back_does_not_count()
    {
        await EnqueueAsync(NewTasks.Of());
        await FinishAsync((await ClaimAsync()).Single().Retried(Drafts.Noon, givenBack: true));
        Assert.Equal(1, (await ClaimAsync()).Single().Attempts);
    }

    [SpecFact]
    public async Task Reports_about_a_task_from_a_worker_that_lost_it_are_ignored()
    {
        await EnqueueAsync(NewTasks.Of("one"), NewTasks.Of("two") with { RetentionSeconds = 9 });
        var claimed = await ClaimAsync();
        await Stores.Tasks.ExchangeAsync(Bob, [.. claimed.Select(t => t.Completed())], [], Drafts.Noon, Drafts.Noon,
            None);
        foreach (var task in claimed) Assert.Equal((TaskState.Active, Ann), await WhereAsync(task.Id));

        Assert.Equal(2, await Stores.TaskUpkeep.RecoverAsync(Drafts.Noon.AddMinutes(2), "lost", None));
        Assert.Equal(2, (await ClaimAsync(at: 120, worker: Bob)).Count);
        await FinishAsync([.. claimed.Select(t => t.Completed())]);
        foreach (var task in claimed) Assert.Equal((TaskState.Active, Bob), await WhereAsync(task.Id));
    }

    [SpecFact]
    public async Task Instances_never_have_the_same_task()
    {
        const int tasks = 400;
        for (var i = 0; i < tasks; i += 100)
            await EnqueueAsync([.. Enumerable.Range(0, 100).Select(_ => NewTasks.Of())]);
        var hosts = new[] { Stores, AnotherInstance(), AnotherInstance(), AnotherInstance() };
        var claimed = await Task.WhenAll(hosts.Select((host, i) => Task.Run(async () =>
        {
            var all = new List<ClaimedTask>();
            while (true)
            {
                var some = await host.Tasks.ExchangeAsync($"w{i}", [], [new("default", 7)], Drafts.Noon,
                    Drafts.Noon.AddMinutes(1), None);
                all.AddRange(some);
                if (some.Count == 0) return all;
            }
        })));
        var numbers = claimed.SelectMany(c => c).Select(t => t.Number).ToList();
        Assert.Equal(numbers.Count, numbers.Distinct().Count());
        // what was locked by another at the moment of the last look
        numbers.AddRange((await ClaimAsync(limit: tasks)).Select(t => t.Number));
        Assert.Equal(tasks, numbers.Distinct().Count());
    }

    private static NewTask Keyed(string key) =>
        NewTasks.Of(key) with { UniqueKey = key, UniqueUntil = Drafts.Noon.AddSeconds(60) };

    private static NewTask Grouped(string type, string group) => NewTasks.Of(type) with { GroupKey = group };

    private Task<IEnumerable<bool>> EnqueueAsync(params NewTask[] tasks) => EnqueueAtAsync(0, tasks);

    private async Task<IEnumerable<bool>> EnqueueAtAsync(int at, params NewTask[] tasks) =>
        await Stores.Tasks.EnqueueAsync(tasks, Drafts.Noon.AddSeconds(at), None);

    private Task<List<ClaimedTask>> ClaimAsync(int at = 0, int limit = 10, string worker = Ann) =>
        Stores.Tasks.ExchangeAsync(worker, [], [new("default", limit)], Drafts.Noon.AddSeconds(at),
            Drafts.Noon.AddSeconds(at + 60), None);

    private Task FinishAsync(params FinishedTask[] finished) =>
        Stores.Tasks.ExchangeAsync(Ann, finished, [], Drafts.Noon, Drafts.Noon, None);

    private async Task<(TaskState State, string? Worker)> WhereAsync(Guid id)
    {
        var row = await Stores.TaskAdmin.FindAsync(id, None);
        return (row!.State, row.Worker);
    }
}
