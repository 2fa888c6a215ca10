using Chat.Server.FanOut;
using Chat.Server.FanOut.Signals;
using Chat.Tests.Fixtures;
using Chat.Tests.Unit.FanOut.Signals;

namespace Chat.Tests.Unit.FanOut;

/// <summary>What was begun for a connection before it left, joined again or was removed, and ends after it. CH-3, CH-4,
/// CH-8, CH-24.</summary>
public sealed class LeavingTests : IAsyncLifetime
{
    private readonly SignalHost _host = new();
    private SignalWriter _other = null!; // joined first: what it was shown, nobody else is still about to be woken for

    public async Task InitializeAsync()
    {
        for (var i = 0; i < 5; i++) Commit();
        _other = await _host.JoinAsync("zoe");
    }

    public async Task DisposeAsync()
    {
        _host.Log.GoOn();
        await _host.DisposeAsync();
    }

    [Fact]
    public async Task A_leave_waits_for_the_write_that_is_pending_and_nothing_comes_after_it()
    {
        var slow = await _host.JoinAsync("sue");
        slow.Block();
        await SayAsync("6;");
        Assert.Equal("6;", await slow.Writes.NextAsync());
        _host.Say("ann");
        Assert.Equal("ann types;", await _other.Writes.NextAsync());
        await SayAsync("7;");

        var leaving = slow.LeaveAsync(_host.Conversation, CancellationToken.None).AsTask();
        Assert.False(leaving.IsCompleted);
        slow.Unblock();
        await leaving.WaitAsync(Bounds.Wait);

        await JoinAgainAsync(slow, after: 7); // what comes now comes behind all that was on its way
        await SayAsync("8;");
        Assert.Equal("8;", await slow.Writes.NextAsync());
    }

    [Fact]
    public async Task A_leave_that_is_given_up_ends_and_the_write_goes_on()
    {
        var slow = await _host.JoinAsync("sue");
        slow.Block();
        await SayAsync("6;");
        await slow.Writes.NextAsync();
        using var gone = new CancellationTokenSource();
        var leaving = slow.LeaveAsync(_host.Conversation, gone.Token).AsTask();
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leaving.WaitAsync(Bounds.Wait));
        slow.Unblock();
        await slow.LeaveAsync(_host.Conversation, CancellationToken.None).AsTask().WaitAsync(Bounds.Wait);
        await SayAsync("7;");
        Assert.True(slow.Writes.IsEmpty);
    }

    [Fact]
    public async Task A_leave_does_not_wait_for_the_database_and_what_was_read_is_dropped()
    {
        var reader = await CatchUpAsync(after: 0);
        await LeaveAtOnceAsync(reader);
        await JoinAgainAsync(reader, after: 5);
        _host.Log.GoOn();
        await SayAsync("6;");
        Assert.Equal("6;", await reader.Writes.NextAsync());
    }

    [Fact]
    public async Task Entries_read_before_a_leave_are_not_shown_after_the_next_join()
    {
        var reader = await CatchUpAsync(after: 0);
        await LeaveAtOnceAsync(reader);
        await JoinAgainAsync(reader, after: 3);
        _host.Log.GoOn();
        Assert.Equal("4;5;", await reader.Writes.NextAsync());
    }

    [Theory]
    [InlineData(3L, "4;5;")]
    [InlineData(0L, "1;2;3;4;5;")] // the same place: read again, shown once
    [InlineData(null, "1;2;3;4;5;")]
    public async Task A_second_join_drops_what_was_read_before_it(long? after, string shown)
    {
        var reader = await CatchUpAsync(after: 0);
        var subscription = reader.Find(_host.Conversation)!;
        var paused = subscription.PauseAsync(CancellationToken.None);
        Assert.True(paused.IsCompletedSuccessfully);
        subscription.Activate(after);
        _host.Log.GoOn();
        Assert.Equal(shown, await reader.Writes.NextAsync());
        await SayAsync("6;");
        Assert.Equal("6;", await reader.Writes.NextAsync());
    }

    // CH-25
    [Fact]
    public async Task A_join_without_a_cursor_goes_on_where_the_one_before_has_moved_to()
    {
        var reader = await CatchUpAsync(after: 4); // its drain is in the log, and sees the next join later
        var subscription = reader.Find(_host.Conversation)!;
        await subscription.PauseAsync(CancellationToken.None);
        subscription.Activate(2);
        await subscription.PauseAsync(CancellationToken.None);
        Assert.Equal(2, subscription.Place);
        subscription.Activate(null);
        _host.Log.GoOn();
        Assert.Equal("3;4;5;", await reader.Writes.NextAsync());
        await subscription.PauseAsync(CancellationToken.None);
        Assert.Equal(5, subscription.Place);
    }

    [Theory]
    [InlineData(null, "7;8;")]
    [InlineData(6L, "7;8;")]
    [InlineData(5L, "6;7;8;")]
    public async Task A_second_join_behind_a_pending_write_moves_the_cursor_and_repeats_nothing_else(
        long? after, string shown)
    {
        var slow = await _host.JoinAsync("sue");
        slow.Block();
        await SayAsync("6;");
        Assert.Equal("6;", await slow.Writes.NextAsync());
        await SayAsync("7;");
        await SayAsync("8;");
        var subscription = slow.Find(_host.Conversation)!;
        var paused = subscription.PauseAsync(CancellationToken.None);
        Assert.False(paused.IsCompleted);
        slow.Unblock();
        await paused.WaitAsync(Bounds.Wait);
        Assert.Equal(6, subscription.Cursor);
        Assert.True(slow.Writes.IsEmpty);
        subscription.Activate(after);
        Assert.Equal(shown, await slow.Writes.NextAsync());
        await SayAsync("9;");
        Assert.Equal("9;", await slow.Writes.NextAsync());
    }

    [Fact]
    public async Task A_slow_reader_that_is_removed_and_added_again_goes_on_when_it_joins_again()
    {
        var slow = await BehindItsRemovalAsync();
        var subscription = slow.Find(_host.Conversation)!;
        Assert.Equal(7, subscription.Limit);
        var paused = subscription.PauseAsync(CancellationToken.None);
        subscription.Shard!.Authorize(subscription, asOf: 9);
        slow.Unblock();
        await paused.WaitAsync(Bounds.Wait);
        subscription.Activate(null);
        Assert.Equal("7;8;9;", await slow.Writes.NextAsync());
        _host.Publish(Drafts.Removed(_host.Conversation, "sue"));
        _host.Publish(Drafts.Message(_host.Conversation));
        Assert.Equal(["10;", "removed"], await slow.Writes.TakeAsync(2)); // that one counts
    }

    [Fact]
    public async Task A_slow_reader_that_does_not_join_again_is_shown_its_removal_last()
    {
        var slow = await BehindItsRemovalAsync();
        slow.Unblock();
        Assert.Equal(["7;", "removed"], await slow.Writes.TakeAsync(2));
        Assert.Null(slow.Find(_host.Conversation));
        await SayAsync("10;");
        Assert.True(slow.Writes.IsEmpty);
    }

    // CH-9
    [Fact]
    public async Task One_who_does_not_take_the_word_that_it_was_removed_is_seen_to_be_slow()
    {
        var slow = await _host.JoinAsync("sue");
        slow.Block();
        _host.Publish(Drafts.Removed(_host.Conversation, "sue"));
        Assert.Equal("6;", await slow.Writes.NextAsync());
        slow.TakeOne();
        Assert.Equal("removed", await slow.Writes.NextAsync());
        _host.Time.Advance(TimeSpan.FromSeconds(31));
        Assert.Equal(TimeSpan.FromSeconds(31), slow.WritePendingFor);
        slow.Unblock();
        await Eventually.HoldsAsync(() => slow.WritePendingFor == TimeSpan.Zero);
    }

    [Fact]
    public async Task Entries_read_beyond_a_removal_are_not_shown()
    {
        // Read from a log that is longer than the feed knows, and than its user may see.
        var reader = await CatchUpAsync(after: 0);
        _host.Publish(Drafts.Removed(_host.Conversation, "ron"));
        _host.Publish(Drafts.Message(_host.Conversation, sender: "eve"));
        Assert.Equal("6;7;", await UntilAsync("6;7;"));
        _host.Log.GoOn();
        Assert.Equal(["1;2;3;4;5;", "6;", "removed"], await reader.Writes.TakeAsync(3));
    }

    [Fact]
    public async Task Signals_that_waited_for_a_connection_that_left_are_not_written()
    {
        var slow = await _host.JoinAsync("sue", SignalKind.Typing | SignalKind.Read | SignalKind.Presence);
        var subscription = slow.Find(_host.Conversation)!;
        slow.Block();
        await SayAsync("6;");
        await slow.Writes.NextAsync();
        slow.Post(new PresenceSignal(_host.Conversation, SignalHost.User("ann"), Online: true, LastSeenAt: null));
        _host.Say("ann");
        Assert.Equal("ann types;", await _other.Writes.NextAsync());
        _host.Read("ann", 6);
        Assert.Equal("ann read 6;", await _other.Writes.NextAsync());
        subscription.Deactivate(); // as a leave that waits has done
        slow.Unblock();
        await slow.LeaveAsync(_host.Conversation, CancellationToken.None).AsTask().WaitAsync(Bounds.Wait);
        slow.Post(new PresenceSignal(_host.Conversation, SignalHost.User("ann"), Online: false, LastSeenAt: null));
        await JoinAgainAsync(slow, after: 6);
        _host.Say("bob");
        Assert.Equal("bob types;", await slow.Writes.NextAsync());
    }

    // CH-64
    [Fact]
    public async Task A_removed_user_has_ceased_to_type()
    {
        _host.Say("rob");
        Assert.Equal("rob types;", await _other.Writes.NextAsync());
        _host.Publish(Drafts.Removed(_host.Conversation, "rob"));
        Assert.Equal(["6;", "rob rests;"], (await _other.Writes.TakeAsync(2)).Order());
    }

    private void Commit() => _host.Log.Commit(Drafts.Message(_host.Conversation, sender: "eve"));

    /// <summary>One message more, which the other reader was shown.</summary>
    private async Task SayAsync(string shown)
    {
        _host.Publish(Drafts.Message(_host.Conversation, sender: "eve"));
        Assert.Equal(shown, await _other.Writes.NextAsync());
    }

    private async Task<string> UntilAsync(string all)
    {
        var seen = "";
        while (seen.Length < all.Length) seen += await _other.Writes.NextAsync();
        return seen;
    }

    /// <summary>A reader behind memory, for which the log is being read and does not answer yet.</summary>
    private async Task<SignalWriter> CatchUpAsync(long after)
    {
        _host.Log.Hold();
        var reader = await _host.JoinAsync("ron", active: false);
        reader.Find(_host.Conversation)!.Activate(after);
        Assert.Equal(after, await _host.Log.Reads.NextAsync());
        return reader;
    }

    /// <summary>A reader with a pending write of 6, whose user was removed at 7 and added again at 8; 9 is a
    /// message.</summary>
    private async Task<SignalWriter> BehindItsRemovalAsync()
    {
        var slow = await _host.JoinAsync("sue");
        slow.Block();
        await SayAsync("6;");
        Assert.Equal("6;", await slow.Writes.NextAsync());
        _host.Publish(Drafts.Removed(_host.Conversation, "sue"));
        _host.Publish(Drafts.Added(_host.Conversation, "sue"));
        _host.Publish(Drafts.Message(_host.Conversation, sender: "eve"));
        Assert.Equal("7;8;9;", await UntilAsync("7;8;9;"));
        return slow;
    }

    private async Task LeaveAtOnceAsync(SignalWriter reader)
    {
        var leaving = reader.LeaveAsync(_host.Conversation, CancellationToken.None);
        Assert.True(leaving.IsCompletedSuccessfully);
        await leaving;
    }

    private async Task JoinAgainAsync(SignalWriter writer, long after)
    {
        Subscription? subscription = null;
        await _host.Feeds.AttachAsync(_host.Conversation, feed => subscription = new Subscription(writer, feed));
        Assert.Same(subscription, writer.TryAdd(subscription!));
        subscription!.Activate(after);
    }
}
