using System.Text;
using System.Text.Json;
using Chat.Server.FanOut.Backplane.InProcess;
using Chat.Server.Persistence.Rows;
using Chat.Server.Tasks;
using Chat.Server.Tasks.Store;
using Chat.Tests.Fixtures;
using Chat.Tests.Specs;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Tests.Integration.Tasks;

/// <summary>Whole servers do tasks end to end.</summary>
public abstract class TaskQueueSpec : StoreSpec
{
    private readonly ScriptedHandler _handler = new();

    private static CancellationToken None => CancellationToken.None;

    [SpecFact]
    public async Task A_task_that_fails_is_tried_again_after_growing_pauses_until_it_succeeds()
    {
        _handler.Work = (_, run, _) =>
            run.Attempt < 4 ? throw new InvalidOperationException($"attempt {run.Attempt}") : Task.CompletedTask;
        await using var server = await ServeAsync();
        var task = await EnqueueAsync(server, "flaky", new TaskPlan { Retention = TimeSpan.FromHours(1) });
        for (var attempt = 1; attempt <= 4; attempt++)
        {
            var (text, run) = await _handler.NextAsync();
            Assert.Equal(("flaky", task.Id, attempt, 25), (text, run.Id, run.Attempt, run.MaxRetry));
        }
        var row = await WhenAsync(task.Id, TaskState.Completed);
        Assert.Equal(["attempt 1", "attempt 2", "attempt 3"], ErrorsOf(row));
        Assert.Equal(4, row.Attempts);
        Assert.Equal(row.FinishedAt!.Value.AddHours(1), row.KeptUntil);
    }

    [SpecFact]
    public async Task A_task_that_keeps_failing_is_archived_with_its_errors_and_can_be_run_by_hand()
    {
        _handler.Work = (_, run, _) => throw new InvalidOperationException($"attempt {run.Attempt}");
        await using var server = await ServeAsync();
        var task = await EnqueueAsync(server, "broken",
            new TaskPlan { MaxRetry = 2, Retention = TimeSpan.FromHours(1) });
        var row = await WhenAsync(task.Id, TaskState.Archived);
        Assert.Equal(["attempt 1", "attempt 2", "attempt 3"], ErrorsOf(row));
        Assert.Equal("attempt 3", row.LastError);

        _handler.Work = (_, _, _) => Task.CompletedTask;
        Assert.Equal(1,
            await Stores.TaskAdmin.RunNowAsync(TaskSelection.One(task.Id), TimeProvider.System.GetUtcNow(), None));
        await WhenAsync(task.Id, TaskState.Completed);
        _ = server.TakeErrors(); // the archiving was logged as an error
    }

    [SpecFact]
    public async Task At_its_deadline_a_task_is_cancelled_and_archived()
    {
        var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _handler.Work = async (_, _, ct) =>
        {
            await using var registration = ct.Register(() => cancelled.TrySetResult());
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, ct);
        };
        await using var server = await ServeAsync();
        var task = await EnqueueAsync(server, "slow",
            new TaskPlan { Deadline = TimeProvider.System.GetUtcNow().AddSeconds(2) });
        await cancelled.Task.WaitAsync(Bounds.Wait).ContinueWith(_ => { }, TaskScheduler.Default);
        var row = await WhenAsync(task.Id, TaskState.Archived);
        Assert.Equal("the deadline has passed", row.LastError);
    }

    [SpecFact]
    public async Task A_unique_task_is_taken_once_while_it_waits_and_again_when_it_is_done()
    {
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _handler.Work = (_, _, ct) => release.Task.WaitAsync(ct);
        var unique = new TaskPlan { UniqueFor = TimeSpan.FromHours(1), Retention = TimeSpan.FromHours(1) };
        await using var server = await ServeAsync();
        var first = await EnqueueAsync(server, "same", unique);
        Assert.False(first.Duplicate);
        await _handler.NextAsync();
        Assert.True((await EnqueueAsync(server, "same", unique)).Duplicate);
        release.SetResult();
        await WhenAsync(first.Id, TaskState.Completed);
        Assert.False((await EnqueueAsync(server, "same", unique)).Duplicate);
    }

    [SpecFact]
    public async Task A_scheduled_task_runs_when_its_time_has_come()
    {
        await using var server = await ServeAsync();
        await EnqueueAsync(server, "never", new TaskPlan { ProcessIn = TimeSpan.FromDays(1) });
        await EnqueueAsync(server, "now", TaskPlan.Default);
        Assert.Equal("now", (await _handler.NextAsync()).Text);
        var at = TimeProvider.System.GetUtcNow().AddSeconds(1.5); // from here: enqueueing may take as long
        await EnqueueAsync(server, "later", new TaskPlan { ProcessAt = at });
        Assert.Equal("later", (await _handler.NextAsync()).Text);
        Assert.True(TimeProvider.System.GetUtcNow() >= at);
        Assert.False(_handler.Counts.ContainsKey("never"));
    }

    [SpecFact]
    public async Task An_instance_that_stops_gives_its_tasks_back_and_another_does_them()
    {
        await using var first = await ServeAsync(("Chat:Tasks:StopSeconds", "0"), ("Chat:Tasks:LeaseSeconds", "3600"));
        _handler.Work = (_, _, ct) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, ct);
        var task = await EnqueueAsync(first, "handed over", new TaskPlan { Retention = TimeSpan.FromHours(1) });
        Assert.Equal(1, (await _handler.NextAsync()).Run.Attempt);
        await first.DisposeAsync();

        _handler.Work = (_, _, _) => Task.CompletedTask;
        await using var second = await ServeAsync();
        Assert.Equal(1, (await _handler.NextAsync()).Run.Attempt); // what was given back does not count
        var row = await WhenAsync(task.Id, TaskState.Completed);
        Assert.Null(row.Errors);
    }

    [SpecFact]
    public async Task A_task_in_a_group_waits_for_the_one_before_it()
    {
        _handler.Work = (text, run, _) =>
            text == "1" && run.Attempt < 3 ? throw new InvalidOperationException("not yet") : Task.CompletedTask;
        await using var server = await ServeAsync();
        var plan = new TaskPlan { Group = "g" };
        for (var i = 1; i <= 5; i++) await EnqueueAsync(server, $"{i}", plan);
        var order = new List<string>();
        for (var i = 0; i < 7; i++) order.Add((await _handler.NextAsync()).Text);
        Assert.Equal(["1", "1", "1", "2", "3", "4", "5"], order);
    }

    [SpecFact]
    public async Task A_periodic_task_runs_once_for_all_instances()
    {
        // A period so long that the test lies in one, or at worst in two.
        void Periodic(IServiceCollection services) =>
            services.AddPeriodicTask<ScriptedHandler>("test.periodic", TimeSpan.FromDays(365)).AddSingleton(_handler);
        await using var first = await TestServer.StartAsync(Database.Settings, new InProcessBus(), Periodic, Quick);
        await _handler.NextAsync();
        await using var second = await TestServer.StartAsync(Database.Settings, new InProcessBus(), Periodic, Quick);
        await second.DisposeAsync();
        Assert.Equal(["1"], await Database.QueryAsync("select count(*) from tasks where type = 'test.periodic'"));
        Assert.Equal(1, _handler.Counts[""]);
    }

    [SpecFact]
    public async Task A_queue_that_is_not_listed_is_worked_by_all_and_a_pause_holds_until_it_is_resumed()
    {
        await using var server = await ServeAsync();
        await EnqueueAsync(server, "one", new TaskPlan { Queue = "mail" });
        Assert.Equal("one", (await _handler.NextAsync()).Text);

        Assert.True(await Stores.TaskAdmin.SetPausedAsync("mail", true, None));
        // It is in effect once the worker has read it: then a task of the queue stays while another one's passes it.
        await Eventually.HoldsAsync(async () =>
        {
            await EnqueueAsync(server, "paused", new TaskPlan { Queue = "mail" });
            await EnqueueAsync(server, "passed", new TaskPlan { Queue = "low" });
            while ((await _handler.NextAsync()).Text != "passed") { }
            return (await Stores.TaskAdmin.CountAsync(None)).Any(c => c is { Queue: "mail", State: TaskState.Pending });
        });
        await Stores.TaskAdmin.SetPausedAsync("mail", false, None);
        await Eventually.HoldsAsync(async () => (await Stores.TaskAdmin.CountAsync(None)).All(c => c.Queue != "mail"));
    }

    [SpecFact]
    public async Task The_old_settings_bound_how_many_run_at_once()
    {
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _handler.Work = (_, _, ct) => release.Task.WaitAsync(ct);
        await using var server = await TestServer.StartAsync(
            Database.Settings, new InProcessBus(), Handle, ("ASYNQ_CONCURRENCY", "2"), ("ASYNQ_QUEUES", "mail=1"),
            ("Chat:Tasks:PollMilliseconds", "50"));
        for (var i = 0; i < 5; i++) await EnqueueAsync(server, $"{i}", new TaskPlan { Queue = "mail" });
        await _handler.NextAsync();
        await Eventually.HoldsAsync(
            async () =>
                (await Stores.TaskAdmin.CountAsync(None)).Any(c => c is { State: TaskState.Active, Count: >= 1 }));
        Assert.InRange(_handler.Counts.Count, 1, 2);
        release.SetResult();
        for (var i = 0; i < 4; i++) await _handler.NextAsync();
        Assert.All(_handler.Counts.Values, count => Assert.Equal(1, count));
    }

    [SpecFact]
    public async Task Finished_tasks_are_counted_per_queue_and_minute()
    {
        _handler.Work = (text, _, _) => text == "bad" ? throw new TaskGivenUpException("bad") : Task.CompletedTask;
        var server = await ServeAsync();
        for (var i = 0; i < 3; i++) await EnqueueAsync(server, "good", new TaskPlan { Queue = "low" });
        await EnqueueAsync(server, "bad", new TaskPlan { Queue = "low" });
        for (var i = 0; i < 4; i++) await _handler.NextAsync();
        await server.DisposeAsync(); // the last figures are written when it stops
        var stats = (await Stores.TaskAdmin.StatsAsync(0, None)).Where(s => s.Queue == "low").ToList();
        Assert.Equal((4, 1), (stats.Sum(s => s.Processed), stats.Sum(s => s.Failed)));
    }

    private static (string Name, string Value)[] Quick =>
        [("Chat:Tasks:RetryMilliseconds", "50"), ("Chat:Tasks:PollMilliseconds", "50")];

    private void Handle(IServiceCollection services) =>
        services.AddTaskHandler<ScriptedHandler>(ScriptedHandler.Type).AddSingleton(_handler);

    private Task<TestServer> ServeAsync(params (string Name, string Value)[] settings) =>
        TestServer.StartAsync(Database.Settings, new InProcessBus(), Handle, [.. Quick, .. settings]);

    private static async Task<EnqueuedTask> EnqueueAsync(TestServer server, string text, TaskPlan plan) =>
        await server.Services.GetRequiredService<ITaskQueue>()
            .EnqueueAsync(ScriptedHandler.Type, Encoding.UTF8.GetBytes(text), plan);

    private async Task<TaskRow> WhenAsync(Guid id, TaskState state)
    {
        TaskRow? row = null;
        await Eventually.HoldsAsync(async () => (row = await Stores.TaskAdmin.FindAsync(id, None))?.State == state);
        return row!;
    }

    private static IEnumerable<string?> ErrorsOf(TaskRow row) =>
        JsonDocument.Parse(row.Errors!).RootElement.EnumerateArray().Select(e => e.GetProperty("error").GetString());
}
