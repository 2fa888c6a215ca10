using Chat.Server.Concurrency;
using Chat.Tests.Unit.ClientSdk;

namespace Chat.Tests.Unit.Concurrency;

public sealed class FoldedUpdatesTests
{
    private readonly Inbox<(string Key, long Wanted, TaskCompletionSource Done)> _stores = new();
    private readonly FoldedUpdates<string> _updates;

    public FoldedUpdatesTests() => _updates = new((key, wanted) =>
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _stores.Add((key, wanted, done));
        return done.Task;
    });

    [Fact]
    public async Task Values_given_during_an_update_become_one_next_update_with_the_largest()
    {
        var first = _updates.StoreAsync("a", 1);
        var running = await _stores.NextAsync();
        Assert.Equal(("a", 1L), (running.Key, running.Wanted));
        var folded = Enumerable.Range(2, 99).Select(i => _updates.StoreAsync("a", i))
            .Append(_updates.StoreAsync("a", 50)).ToList();
        Assert.True(_stores.IsEmpty);

        running.Done.SetResult();
        await first.WaitAsync(Bounds.Wait);
        Assert.DoesNotContain(folded, task => task.IsCompleted); // nobody is told before it is stored
        var next = await _stores.NextAsync();
        Assert.Equal(100, next.Wanted);
        next.Done.SetResult();
        await Task.WhenAll(folded).WaitAsync(Bounds.Wait);
        Assert.True(_stores.IsEmpty);
    }

    [Fact]
    public async Task A_failure_is_told_to_those_it_concerns_and_the_next_is_tried()
    {
        var first = _updates.StoreAsync("a", 1);
        var running = await _stores.NextAsync();
        var second = _updates.StoreAsync("a", 2);
        running.Done.SetException(new IOException("down"));
        await Assert.ThrowsAsync<IOException>(() => first.WaitAsync(Bounds.Wait));
        (await _stores.NextAsync()).Done.SetResult();
        await second.WaitAsync(Bounds.Wait);
    }

    [Fact]
    public async Task Keys_do_not_wait_for_each_other()
    {
        _ = _updates.StoreAsync("a", 1);
        var a = await _stores.NextAsync();
        var b = _updates.StoreAsync("b", 1);
        (await _stores.NextAsync()).Done.SetResult();
        await b.WaitAsync(Bounds.Wait);
        a.Done.SetResult();
    }
}
