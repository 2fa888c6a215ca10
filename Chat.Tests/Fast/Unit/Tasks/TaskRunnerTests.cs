using System.Text.Json;
using Chat.Server.Notifications;
using Chat.Server.Tasks;
using Chat.Server.Tasks.Store;
using Chat.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Chat.Tests.Unit.Tasks;

/// <summary>How one attempt ends.</summary>
public sealed class TaskRunnerTests : IDisposable
{
    private readonly ManualTime _time = new();
    private readonly ServiceProvider _services = new ServiceCollection().BuildServiceProvider();
    private readonly TasksOptions _options = new() { RetryMilliseconds = 1_000, RetryMaxSeconds = 60 };

    private readonly RecordedLogs _logs = new();

    public void Dispose()
    {
        _services.Dispose();
        _logs.Dispose();
    }

    [Fact]
    public async Task A_handler_that_ends_completes_the_task()
    {
        TaskRun? seen = null;
        var finished = await RunAsync(Claimed(attempts: 3), (run, _) =>
        {
            seen = run;
            return Task.CompletedTask;
        });
        Assert.Equal((TaskState.Completed, null, false), (finished.State, finished.Error, finished.GivenBack));
        Assert.Equal((finished.Task.Id, 3, 5), (seen!.Id, seen.Attempt, seen.MaxRetry));
        Assert.True(finished.IsDeleted);
    }

    [Fact]
    public async Task A_failure_is_tried_again_and_remembered()
    {
        var first = await RunAsync(Claimed(), (_, _) => throw new InvalidOperationException("broken\0 pipe"));
        Assert.Equal((TaskState.Retry, "broken pipe"), (first.State, first.Error));
        var second = await RunAsync(Claimed(attempts: 2) with { Errors = first.Errors },
            (_, _) => throw new InvalidOperationException("again"));
        var errors = JsonDocument.Parse(second.Errors!).RootElement.EnumerateArray()
            .Select(e => (e.GetProperty("attempt").GetInt32(), e.GetProperty("error").GetString()));
        Assert.Equal([(1, "broken pipe"), (2, "again")], errors);
    }

    [Fact]
    public async Task Of_many_failures_the_last_ten_are_kept()
    {
        string? errors = null;
        for (var attempt = 1; attempt <= 14; attempt++)
            errors = (await RunAsync(Claimed(attempts: attempt) with { Errors = errors, MaxRetry = 25 },
                (_, _) => throw new InvalidOperationException(new string('x', 5_000)))).Errors;
        var kept = JsonDocument.Parse(errors!).RootElement.EnumerateArray().ToList();
        Assert.Equal(Enumerable.Range(5, 10), kept.Select(e => e.GetProperty("attempt").GetInt32()));
        Assert.All(kept, e => Assert.Equal(2_000, e.GetProperty("error").GetString()!.Length));
    }

    [Theory]
    [InlineData(1, 0.5, 1.5)]
    [InlineData(2, 1, 3)]
    [InlineData(5, 8, 24)]
    [InlineData(7, 30, 90)] // the bound
    [InlineData(1_000, 30, 90)]
    public async Task Retries_back_off_exponentially_with_jitter_up_to_a_bound(int attempt, double least, double most)
    {
        var delays = new List<double>();
        for (var i = 0; i < 200; i++)
            delays.Add(
                ((await RunAsync(Claimed(attempts: attempt) with { MaxRetry = 2_000 },
                    (_, _) => throw new InvalidOperationException("no"))).RunAt - _time.GetUtcNow()).TotalSeconds);
        Assert.All(delays, delay => Assert.InRange(delay, least, most));
        Assert.True(delays.Max() - delays.Min() > (most - least) / 2, "there is no jitter");
    }

    [Fact]
    public async Task The_last_failure_and_one_that_gives_up_archive_the_task()
    {
        Assert.Equal(TaskState.Archived,
            (await RunAsync(Claimed(attempts: 6), (_, _) => throw new InvalidOperationException("no"))).State);
        Assert.Equal(TaskState.Retry,
            (await RunAsync(Claimed(attempts: 5), (_, _) => throw new InvalidOperationException("no"))).State);
        Assert.Equal(TaskState.Archived,
            (await RunAsync(Claimed(), (_, _) => throw new TaskGivenUpException("hopeless"))).State);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(6)] // the last
    public async Task A_failure_that_explains_itself_is_one_line_in_the_log_and_a_surprise_has_its_stack(int attempt)
    {
        var explained = new WebhookException("hooks.example took too long", new TimeoutException());
        await RunAsync(Claimed(attempts: attempt), (_, _) => throw explained);
        await RunAsync(Claimed(attempts: attempt), (_, _) => throw new InvalidOperationException("surprise"));
        Assert.Collection(_logs.All,
            line =>
            {
                Assert.EndsWith("hooks.example took too long", line.Text, StringComparison.Ordinal);
                Assert.Null(line.Exception);
            },
            line =>
            {
                Assert.EndsWith("surprise", line.Text, StringComparison.Ordinal);
                Assert.IsType<InvalidOperationException>(line.Exception);
            });
    }

    [Fact]
    public async Task A_type_that_nobody_handles_is_archived_with_its_name()
    {
        var finished = await RunAsync(Claimed() with { Type = "unknown" }, (_, _) => Task.CompletedTask);
        Assert.Equal((TaskState.Archived, "no handler is registered for 'unknown'"), (finished.State, finished.Error));
    }

    [Fact]
    public async Task At_the_deadline_the_handler_is_cancelled_and_the_task_archived()
    {
        var began = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var running = RunAsync(Claimed() with { Deadline = _time.GetUtcNow().AddMinutes(1) }, async (_, ct) =>
        {
            began.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, _time, ct);
        });
        await began.Task.WaitAsync(Bounds.Wait);
        _time.Advance(TimeSpan.FromSeconds(59));
        Assert.False(running.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(1));
        var finished = await running.WaitAsync(Bounds.Wait);
        Assert.Equal((TaskState.Archived, "the deadline has passed"), (finished.State, finished.Error));
    }

    [Fact]
    public async Task A_task_whose_deadline_has_passed_is_not_begun()
    {
        var begun = false;
        var running = RunAsync(Claimed() with { Deadline = _time.GetUtcNow().AddSeconds(-1) }, (_, _) =>
        {
            begun = true;
            return Task.CompletedTask;
        });
        var finished = await running.WaitAsync(Bounds.Wait);
        Assert.Equal((TaskState.Archived, false), (finished.State, begun));
    }

    [Fact]
    public async Task A_task_that_is_given_back_has_not_failed()
    {
        using var giveBack = new CancellationTokenSource();
        var running = RunAsync(Claimed(), (_, ct) => Task.Delay(Timeout.InfiniteTimeSpan, _time, ct), giveBack.Token);
        await giveBack.CancelAsync();
        var finished = await running.WaitAsync(Bounds.Wait);
        Assert.Equal((TaskState.Retry, null, true), (finished.State, finished.Error, finished.GivenBack));
        Assert.Equal(_time.GetUtcNow(), finished.RunAt);
    }

    [Fact]
    public async Task A_cancellation_of_the_handlers_own_is_a_failure()
    {
        var finished = await RunAsync(Claimed(),
            (_, _) => throw new TaskCanceledException("the request took too long"));
        Assert.Equal((TaskState.Retry, false, "the request took too long"),
            (finished.State, finished.GivenBack, finished.Error));
    }

    private static ClaimedTask Claimed(int attempts = 1) =>
        new(1, Guid.CreateVersion7(), "default", "test", [], Drafts.Noon, attempts, 5, null, 0, null);

    private Task<FinishedTask> RunAsync(
        ClaimedTask task, Func<TaskRun, CancellationToken, Task> work, CancellationToken giveBack = default) =>
        new TaskRunner(_services, [new ScriptedType(work)], _options, _time,
            new LoggerFactory([_logs]).CreateLogger<TaskRunner>()).RunAsync(task, giveBack);

    private sealed record ScriptedType(Func<TaskRun, CancellationToken, Task> Work) : TaskType("test")
    {
        public override Task RunAsync(IServiceProvider services, byte[] payload, TaskRun run, CancellationToken ct) =>
            Work(run, ct);
    }
}
