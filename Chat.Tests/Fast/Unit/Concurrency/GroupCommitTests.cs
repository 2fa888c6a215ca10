using System.Threading.Channels;
using Chat.Server.Concurrency;
using FluentAssertions;

namespace Chat.Tests.Unit.Concurrency;

public sealed class GroupCommitTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    private static readonly GroupCommitSize Size = new(Capacity: 100, MaxBatch: 10);

    /// <summary>One owner for all.</summary>
    private static readonly Func<int, string> All = _ => "ann";

    private readonly List<int[]> _committed = [];

    [Fact]
    public async Task Drafts_that_arrive_during_a_commit_are_the_next_batch()
    {
        var commits = Channel.CreateUnbounded<TaskCompletionSource>();
        var group = new GroupCommit<int>(Size, All, async (batch, _) =>
        {
            _committed.Add([.. batch]);
            var end = new TaskCompletionSource();
            commits.Writer.TryWrite(end);
            await end.Task;
        });
        var running = group.RunAsync(None);
        group.TryAdd(1).Should().BeTrue();
        var first = await commits.Reader.ReadAsync().AsTask().WaitAsync(Bounds.Wait);
        foreach (var item in (int[])[2, 3, 4]) group.TryAdd(item).Should().BeTrue();

        first.SetResult();

        (await commits.Reader.ReadAsync().AsTask().WaitAsync(Bounds.Wait)).SetResult();
        group.Complete();
        await running.WaitAsync(Bounds.Wait);
        _committed.Should().BeEquivalentTo(new int[][] { [1], [2, 3, 4] }, options => options.WithStrictOrdering());
    }

    [Fact]
    public async Task A_batch_is_bounded_and_the_order_is_kept()
    {
        var group = Recording(capacity: 100, maxBatch: 4);
        for (var i = 0; i < 10; i++) group.TryAdd(i).Should().BeTrue();
        group.Complete();

        await group.RunAsync(None).WaitAsync(Bounds.Wait);

        _committed.Select(batch => batch.Length).Should().Equal(4, 4, 2);
        _committed.SelectMany(batch => batch).Should().Equal(Enumerable.Range(0, 10));
    }

    [Fact]
    public async Task A_draft_that_ends_a_batch_is_its_last()
    {
        var group = new GroupCommit<int>(Size, All, RecordAsync, endsBatch: item => item % 3 == 0);
        for (var i = 1; i <= 7; i++) group.TryAdd(i).Should().BeTrue();
        group.Complete();

        await group.RunAsync(None).WaitAsync(Bounds.Wait);

        _committed.Should().BeEquivalentTo(new int[][] { [1, 2, 3], [4, 5, 6], [7] },
            options => options.WithStrictOrdering());
    }

    [Fact]
    public async Task Without_room_it_is_refused_or_waits()
    {
        var group = Recording(capacity: 2, maxBatch: 10);
        group.TryAdd(1).Should().BeTrue();
        group.TryAdd(2).Should().BeTrue();
        group.TryAdd(3).Should().BeFalse();
        var waiting = group.AddAsync(3, None).AsTask();
        waiting.IsCompleted.Should().BeFalse();

        var running = group.RunAsync(None);

        await waiting.WaitAsync(Bounds.Wait);
        group.Complete();
        await running.WaitAsync(Bounds.Wait);
        _committed.SelectMany(batch => batch).Should().Equal(1, 2, 3);
    }

    [Fact]
    public async Task Completed_it_takes_no_more_and_commits_what_it_has()
    {
        var group = Recording(capacity: 2, maxBatch: 10);
        group.TryAdd(1).Should().BeTrue();
        group.Complete();

        group.TryAdd(2).Should().BeFalse();
        await group.Invoking(one => one.AddAsync(2, None).AsTask()).Should().ThrowAsync<ChannelClosedException>();
        await group.RunAsync(None).WaitAsync(Bounds.Wait);
        _committed.Should().ContainSingle().Which.Should().Equal(1);
    }

    [Fact]
    public async Task A_batch_is_tried_again_without_new_arrivals_also_after_completion()
    {
        var left = 3;
        var group = new GroupCommit<int>(Size, All, (batch, ct) =>
        {
            left--;
            return RecordAsync(batch, ct);
        }, retry: () => left > 0 ? Task.CompletedTask : null);
        group.TryAdd(1).Should().BeTrue();
        group.Complete();

        await group.RunAsync(None).WaitAsync(Bounds.Wait);

        _committed.Should().BeEquivalentTo(new int[][] { [1], [], [] }, options => options.WithStrictOrdering());
        left.Should().Be(0);
    }

    // CH-125
    [Fact]
    public async Task A_sender_of_little_is_in_the_next_batch_however_much_another_has_added_or_waits_to_add()
    {
        const int flood = 500, bystander = 1_000;
        var group = new GroupCommit<int>(new GroupCommitSize(Capacity: 50, MaxBatch: 10),
            item => item == bystander ? "bystander" : "flood", RecordAsync);
        var waiting = new List<Task>();
        for (var i = 0; i < flood; i++)
            if (!group.TryAdd(i)) waiting.Add(group.AddAsync(i, None).AsTask());
        waiting.Should().HaveCount(flood - 50, "there is room for fifty");
        var mine = group.AddAsync(bystander, None).AsTask();
        var running = group.RunAsync(None);

        await mine.WaitAsync(Bounds.Wait);
        await Task.WhenAll(waiting).WaitAsync(Bounds.Wait);
        group.Complete();
        await running.WaitAsync(Bounds.Wait);

        var order = _committed.SelectMany(batch => batch).ToList();
        order.IndexOf(bystander).Should().BeLessThan(20, "one of the flood for each of its own, twice");
        order.Where(item => item != bystander).Should().Equal(Enumerable.Range(0, flood));
    }

    [Fact]
    public async Task A_sender_that_gives_up_waiting_is_not_committed_and_lets_the_others_in()
    {
        var group = Recording(capacity: 1, maxBatch: 10);
        group.TryAdd(1).Should().BeTrue();
        using var stop = new CancellationTokenSource();
        var impatient = group.AddAsync(2, stop.Token).AsTask();
        var patient = group.AddAsync(3, None).AsTask();
        await stop.CancelAsync();
        await impatient.Invoking(task => task.WaitAsync(Bounds.Wait)).Should().ThrowAsync<OperationCanceledException>();
        var running = group.RunAsync(None);
        await patient.WaitAsync(Bounds.Wait);
        group.Complete();
        await running.WaitAsync(Bounds.Wait);
        _committed.SelectMany(batch => batch).Should().Equal(1, 3);
    }

    private GroupCommit<int> Recording(int capacity, int maxBatch) =>
        new(new GroupCommitSize(capacity, maxBatch), All, RecordAsync);

    private Task RecordAsync(List<int> batch, CancellationToken ct)
    {
        _committed.Add([.. batch]);
        return Task.CompletedTask;
    }
}
