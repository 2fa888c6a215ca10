using Chat.Server.Tasks;
using Chat.Server.Tasks.Store;
using Chat.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Chat.Tests.Unit.Tasks;

/// <summary>Tasks of a group that a worker does together.</summary>
public sealed class GroupRunTests : IDisposable
{
    private readonly ManualTime _time = new();
    private readonly ServiceProvider _services = new ServiceCollection().BuildServiceProvider();
    private readonly List<(long Number, TaskState State, bool GivenBack)> _ended = [];
    private readonly List<long> _begun = [];

    public void Dispose() => _services.Dispose();

    [Fact]
    public async Task One_ends_before_the_next_begins_and_is_told_at_once()
    {
        await RunAsync(3, (run, _) =>
        {
            Assert.Equal(_begun.Count - 1, _ended.Count);
            return Task.CompletedTask;
        });
        Assert.Equal([1, 2, 3], _begun);
        Assert.All(_ended, ended => Assert.Equal(TaskState.Completed, ended.State));
    }

    [Fact]
    public async Task Behind_one_that_is_to_be_tried_again_none_is_begun()
    {
        await RunAsync(4, (_, _) =>
            _begun.Count == 2 ? throw new InvalidOperationException("not now") : Task.CompletedTask);
        Assert.Equal([1, 2], _begun);
        Assert.Equal(
            [(1, TaskState.Completed, false), (2, TaskState.Retry, false), (3, TaskState.Retry, true),
                (4, TaskState.Retry, true)], _ended);
    }

    [Fact]
    public async Task One_that_is_given_up_holds_up_none()
    {
        await RunAsync(3, (_, _) => _begun.Count == 2 ? throw new TaskGivenUpException("no") : Task.CompletedTask);
        Assert.Equal([TaskState.Completed, TaskState.Archived, TaskState.Completed], _ended.Select(one => one.State));
    }

    [Fact]
    public async Task Those_whose_place_is_fixed_are_under_way_together_and_know_what_they_are_behind()
    {
        var effects = Enumerable.Range(0, 4).Select(_ => new TaskCompletionSource()).ToArray();
        var befores = new List<Task?>();
        var running = RunAsync(4, async (run, _) =>
        {
            var effect = effects[befores.Count].Task;
            befores.Add(run.Turn.Before);
            run.Turn.Pass(effect);
            await effect;
        });
        Assert.Equal([null, effects[0].Task, effects[1].Task, effects[2].Task], befores);
        // The third fails, and so the fourth does, which must not overtake it.
        effects[0].SetResult();
        effects[1].SetResult();
        effects[2].SetException(new IOException("away"));
        effects[3].SetException(new IOException("one before it was not stored"));
        await running.WaitAsync(Bounds.Wait);
        Assert.Equal(
            [(1, TaskState.Completed, false), (2, TaskState.Completed, false), (3, TaskState.Retry, false),
                (4, TaskState.Retry, true)], _ended);
    }

    [Fact]
    public async Task At_a_stop_what_runs_and_what_is_behind_it_is_given_back_whatever_the_handler_throws()
    {
        using var stop = new CancellationTokenSource();
        var running = RunAsync(3, async (_, ct) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, _time, ct)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw new InvalidOperationException("the connection is closed");
        }, stop.Token);
        await stop.CancelAsync();
        await running.WaitAsync(Bounds.Wait);
        Assert.Equal(3, _ended.Count);
        Assert.All(_ended, ended => Assert.True(ended is { State: TaskState.Retry, GivenBack: true }));
    }

    private Task RunAsync(int tasks, Func<TaskRun, CancellationToken, Task> work, CancellationToken giveBack = default)
    {
        var runner = new TaskRunner(_services, [new ScriptedType((run, ct) =>
        {
            _begun.Add(run.EnqueuedAt.Ticks);
            return work(run, ct);
        })], new TasksOptions(), _time, NullLogger<TaskRunner>.Instance);
        return new GroupRun(runner, (ended, _) => _ended.Add((ended.Task.Number, ended.State, ended.GivenBack)), _time)
            .RunAsync([.. Enumerable.Range(1, tasks).Select(Claimed)], giveBack);
    }

    private static ClaimedTask Claimed(int number) => new(
        number, Guid.CreateVersion7(), "default", "test", [], new DateTimeOffset(number, TimeSpan.Zero), 1, 5, null, 0,
        null) { GroupKey = "g" };

    private sealed record ScriptedType(Func<TaskRun, CancellationToken, Task> Work) : TaskType("test")
    {
        public override Task RunAsync(IServiceProvider services, byte[] payload, TaskRun run, CancellationToken ct) =>
            Work(run, ct);
    }
}
