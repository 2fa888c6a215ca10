using Chat.Server.Persistence.Rows;
using Chat.Server.Tasks.Store;
using Chat.Tests.Fixtures;

namespace Chat.Tests.Specs;

/// <summary>Leases, retention, figures, queues, and what operators do, on either database.</summary>
public abstract class TaskUpkeepSpec : StoreSpec
{
    private const string Ann = "worker-ann", Bob = "worker-bob";

    private static CancellationToken None => CancellationToken.None;

    private TaskUpkeepStore Upkeep => Stores.TaskUpkeep;

    private TaskAdminStore Admin => Stores.TaskAdmin;

    [SpecFact]
    public async Task A_lease_that_is_renewed_is_not_recovered_and_one_that_is_not_is()
    {
        await EnqueueAsync(NewTasks.Of("renewed"), NewTasks.Of("silent"));
        var claimed = await ClaimAsync();
        var (renewed, silent) = (claimed.Single(t => t.Type == "renewed"), claimed.Single(t => t.Type == "silent"));
        Assert.Equal([renewed.Number],
            await Upkeep.RenewAsync(Ann, [renewed.Number, -1], Drafts.Noon.AddMinutes(5), None));
        Assert.Empty(await Upkeep.RenewAsync(Bob, [renewed.Number], Drafts.Noon.AddMinutes(9), None));

        Assert.Equal(0, await Upkeep.RecoverAsync(Drafts.Noon.AddSeconds(60), "lost", None));
        Assert.Equal(1, await Upkeep.RecoverAsync(Drafts.Noon.AddSeconds(61), "lost", None));

        var row = await Admin.FindAsync(silent.Id, None);
        Assert.Equal((TaskState.Retry, "lost", null, null), (row!.State, row.LastError, row.Worker, row.LeasedUntil));
        Assert.Equal(TaskState.Active, (await Admin.FindAsync(renewed.Id, None))!.State);
        Assert.Equal(1, Assert.Single(await ClaimAsync(at: 61)).Attempts); // that was no attempt of the handler
    }

    [SpecFact]
    public async Task A_task_whose_worker_is_lost_at_the_last_attempt_is_run_again()
    {
        var task = Keyed("=k") with { MaxRetry = 0 };
        await EnqueueAsync(task);
        Assert.Single(await ClaimAsync());
        Assert.Equal(1, await Upkeep.RecoverAsync(Drafts.Noon.AddMinutes(2), "lost", None));
        var row = await Admin.FindAsync(task.Id, None);
        Assert.Equal((TaskState.Retry, "lost", 0, 1, "=k"),
            (row!.State, row.LastError, row.Attempts, row.Losses, row.UniqueKey));
        Assert.Equal(1, Assert.Single(await ClaimAsync(at: 120)).Attempts);
    }

    [SpecFact]
    public async Task A_task_that_ends_its_process_again_and_again_is_archived()
    {
        var (plain, lasting) = (Keyed("=k"), Keyed("@k"));
        await EnqueueAsync(plain, lasting);
        var hours = 0;
        for (var loss = 1; loss <= TaskUpkeepStore.MostLosses; loss++)
        {
            Assert.Equal(2, (await ClaimAsync(at: 600 + 3_600 * hours++)).Count);
            Assert.Equal(2, await Upkeep.RecoverAsync(Drafts.Noon.AddHours(hours), "lost", None));
        }
        var row = await Admin.FindAsync(plain.Id, None);
        Assert.Equal((TaskState.Archived, "lost", Drafts.Noon.AddHours(hours), null, 0),
            (row!.State, row.LastError, row.FinishedAt, row.UniqueKey, row.Attempts));
        Assert.Equal("@k", (await Admin.FindAsync(lasting.Id, None))!.UniqueKey);
        await Admin.RunNowAsync(TaskSelection.One(plain.Id), Drafts.Noon, None);
        Assert.Equal(0, Assert.Single(await ClaimAsync()).Losses); // by hand it begins again
    }

    [SpecFact]
    public async Task Tasks_that_are_lost_together_again_come_back_apart()
    {
        await EnqueueAsync(NewTasks.Of(), NewTasks.Of());
        Assert.Equal(2, (await ClaimAsync()).Count);
        await Upkeep.RecoverAsync(Drafts.Noon.AddHours(1), "lost", None);
        Assert.Equal(2, (await ClaimAsync(at: 3_600)).Count); // the first time at once
        await Upkeep.RecoverAsync(Drafts.Noon.AddHours(2), "lost", None);
        var times = (await Admin.ListAsync("default", TaskState.Retry, 0, 10, None)).Select(t => t.RunAt).ToList();
        Assert.Equal(2, times.Distinct().Count());
        Assert.All(times, time => Assert.InRange(time - Drafts.Noon.AddHours(2), TimeSpan.Zero,
            TimeSpan.FromSeconds(30)));
    }

    [SpecFact]
    public async Task A_completed_task_is_deleted_when_its_retention_is_over()
    {
        var task = NewTasks.Of() with { RetentionSeconds = 10 };
        await EnqueueAsync(task, NewTasks.Of("waiting", due: TimeSpan.FromDays(1)));
        await FinishAsync((await ClaimAsync()).Single().Completed());
        Assert.Equal(0, await Upkeep.SweepAsync(Drafts.Noon.AddSeconds(10), None));
        Assert.Equal(1, await Upkeep.SweepAsync(Drafts.Noon.AddSeconds(11), None));
        Assert.Null(await Admin.FindAsync(task.Id, None));
        Assert.Equal([new TaskCount("default", TaskState.Scheduled, 1)], await Admin.CountAsync(None));
    }

    [SpecFact]
    public async Task Queues_are_known_to_all_once_and_can_be_paused()
    {
        await Upkeep.AddQueuesAsync(["a", "b"], None);
        await AnotherInstance().TaskUpkeep.AddQueuesAsync(["b", "c"], None);
        Assert.True(await Admin.SetPausedAsync("b", true, None));
        Assert.False(await Admin.SetPausedAsync("unknown", true, None));
        Assert.Equal(["a False", "b True", "c False"],
            (await Upkeep.QueuesAsync(None)).Select(q => $"{q.Name} {q.IsPaused}").Order());
        Assert.True(await Admin.SetPausedAsync("b", false, None));
        Assert.DoesNotContain(await Upkeep.QueuesAsync(None), q => q.IsPaused);
    }

    [SpecFact]
    public async Task Figures_of_instances_add_up_and_are_forgotten()
    {
        var hosts = new[] { Stores, AnotherInstance(), AnotherInstance() };
        await Task.WhenAll(hosts.Select(host => Task.Run(async () =>
        {
            for (var i = 0; i < 10; i++)
                await host.TaskUpkeep.AddStatsAsync([Stat("b", 7, 2, 1), Stat("a", 7, 1, 0), Stat("a", 5, 1, 0)], None);
        })));
        Assert.Equal(["a 5 30 0", "a 7 30 0", "b 7 60 30"],
            (await Admin.StatsAsync(0, None)).Select(s => $"{s.Queue} {s.Minute} {s.Processed} {s.Failed}").Order());
        Assert.Equal(1, await Upkeep.ForgetStatsAsync(7, None));
        Assert.Equal([7L, 7L], (await Admin.StatsAsync(0, None)).Select(s => s.Minute));
        Assert.Empty(await Admin.StatsAsync(8, None));
    }

    [SpecFact]
    public async Task Operators_see_how_many_wait_since_when_and_which()
    {
        await EnqueueAsync(NewTasks.Of("one"), NewTasks.Of("two"), NewTasks.Of("later", due: TimeSpan.FromHours(2)),
            NewTasks.Of("sooner", due: TimeSpan.FromHours(1)), NewTasks.Of(queue: "other"));
        await FinishAsync((await ClaimAsync(limit: 1)).Single().Archived());
        Assert.Equal(
            ["default Archived 1", "default Pending 1", "default Scheduled 2", "other Pending 1"],
            (await Admin.CountAsync(None)).Select(c => $"{c.Queue} {c.State} {c.Count}").Order());
        Assert.Equal(Drafts.Noon, await Admin.OldestDueAsync("default", Drafts.Noon.AddHours(9), None));
        Assert.Null(await Admin.OldestDueAsync("default", Drafts.Noon.AddSeconds(-1), None));
        Assert.Equal(["sooner", "later"],
            (await Admin.ListAsync("default", TaskState.Scheduled, 0, 10, None)).Select(t => t.Type));
        Assert.Equal(["later"],
            (await Admin.ListAsync("default", TaskState.Scheduled, 1, 10, None)).Select(t => t.Type));
        Assert.Equal(["one"], (await Admin.ListAsync("default", TaskState.Archived, 0, 10, None)).Select(t => t.Type));
    }

    // CH-55
    [SpecFact]
    public async Task Operators_run_archive_and_delete_but_leave_alone_what_a_worker_has()
    {
        var (active, scheduled, other) = (NewTasks.Of("active"), Keyed("=k") with
        {
            RunAt = Drafts.Noon.AddHours(1)
        }, NewTasks.Of("other", due: TimeSpan.FromHours(1)));
        await EnqueueAsync(active, scheduled, other);
        Assert.Equal(active.Id, (await ClaimAsync()).Single().Id);
        foreach (var touched in new[]
        {
            await Admin.RunNowAsync(TaskSelection.One(active.Id), Drafts.Noon, None),
            await Admin.ArchiveAsync(TaskSelection.One(active.Id), Drafts.Noon, None),
            await Admin.DeleteAsync(TaskSelection.One(active.Id), None),
        }) Assert.Equal(0, touched);

        Assert.Equal(1, await Admin.ArchiveAsync(TaskSelection.One(scheduled.Id), Drafts.Noon, None));
        var row = await Admin.FindAsync(scheduled.Id, None);
        Assert.Equal((TaskState.Archived, "archived by hand", null), (row!.State, row.LastError, row.UniqueKey));
        Assert.Equal(1, await Admin.RunNowAsync(TaskSelection.All("default", TaskState.Archived), Drafts.Noon, None));
        Assert.Equal(scheduled.Id, (await ClaimAsync()).Single().Id);
        Assert.Equal(1, await Admin.DeleteAsync(TaskSelection.All("default", TaskState.Scheduled), None));
        Assert.Null(await Admin.FindAsync(other.Id, None));
    }

    // CH-55
    [SpecFact]
    public async Task Tasks_in_a_state_that_an_operation_does_not_accept_are_left_alone_and_not_counted()
    {
        TaskState[] waiting = [TaskState.Pending, TaskState.Scheduled, TaskState.Retry];
        (Func<TaskSelection, Task<int>> Act, TaskState[] Takes)[] operations =
        [
            (which => Admin.RunNowAsync(which, Drafts.Noon, None), [.. waiting, TaskState.Archived]),
            (which => Admin.ArchiveAsync(which, Drafts.Noon, None), waiting),
            (which => Admin.DeleteAsync(which, None), [.. waiting, TaskState.Completed, TaskState.Archived]),
        ];
        foreach (var (act, takes) in operations)
            foreach (var state in Enum.GetValues<TaskState>())
            {
                var task = await InAsync(state);
                Assert.Equal(takes.Contains(state) ? 1 : 0, await act(TaskSelection.One(task)));
                if (!takes.Contains(state)) Assert.Equal(state, (await Admin.FindAsync(task, None))!.State);
            }
    }

    // CH-55
    [SpecFact]
    public async Task A_task_that_used_up_its_attempts_begins_anew_when_it_is_run_by_hand()
    {
        var task = NewTasks.Of() with { MaxRetry = 0 };
        await EnqueueAsync(task);
        await FinishAsync((await ClaimAsync()).Single().Archived());
        await Admin.RunNowAsync(TaskSelection.One(task.Id), Drafts.Noon, None);
        var again = Assert.Single(await ClaimAsync());
        Assert.Equal((1, "[]"), (again.Attempts, again.Errors));
        Assert.Null((await Admin.FindAsync(task.Id, None))!.FinishedAt);
    }

    /// <summary>A task in a state.</summary>
    private async Task<Guid> InAsync(TaskState state)
    {
        var task = NewTasks.Of(due: state == TaskState.Scheduled ? TimeSpan.FromHours(1) : default) with
        {
            RetentionSeconds = 60
        };
        await EnqueueAsync(task);
        if (state is TaskState.Pending or TaskState.Scheduled) return task.Id;
        var claimed = (await ClaimAsync(limit: 100)).Single(one => one.Id == task.Id);
        if (state == TaskState.Completed) await FinishAsync(claimed.Completed());
        else if (state == TaskState.Archived) await FinishAsync(claimed.Archived());
        else if (state == TaskState.Retry) await FinishAsync(claimed.Retried(Drafts.Noon.AddHours(1)));
        Assert.Equal(state, (await Admin.FindAsync(task.Id, None))!.State);
        return task.Id;
    }

    private static NewTask Keyed(string key) =>
        NewTasks.Of(key) with { UniqueKey = key, UniqueUntil = Drafts.Noon.AddSeconds(60) };

    private static TaskStatRow Stat(string queue, long minute, long processed, long failed) =>
        new() { Queue = queue, Minute = minute, Processed = processed, Failed = failed };

    private Task EnqueueAsync(params NewTask[] tasks) => Stores.Tasks.EnqueueAsync(tasks, Drafts.Noon, None);

    private Task<List<ClaimedTask>> ClaimAsync(int at = 0, int limit = 10) =>
        Stores.Tasks.ExchangeAsync(Ann, [], [new("default", limit)], Drafts.Noon.AddSeconds(at),
            Drafts.Noon.AddSeconds(at + 60), None);

    private Task FinishAsync(params FinishedTask[] finished) =>
        Stores.Tasks.ExchangeAsync(Ann, finished, [], Drafts.Noon, Drafts.Noon, None);
}
