using Chat.ClientSdk;
using Chat.ClientSdk.Sending;
using Chat.ClientSdk.Views;
using Chat.Tests.Fixtures;
using static Chat.Tests.Unit.ClientSdk.Sending.TestOutbox;

namespace Chat.Tests.Unit.ClientSdk.Sending;

/// <summary>Room, time, cancellation, and what stays to be seen.</summary>
public sealed class OutboxBoundsTests
{
    private readonly ScriptedServer _server = new();

    [Fact]
    public async Task Cancelling_before_a_connection_had_it_takes_the_message_out_of_the_store_too()
    {
        _server.GoOffline();
        var store = new RecordingStore();
        await using var outbox = Create(_server, new OutboxOptions { Store = store });
        using var cancel = new CancellationTokenSource();
        var kept = outbox.Enqueue(Room, "kept", null);
        var gone = outbox.SendAsync(Room, "gone", null, cancel.Token);
        await kept.Accepted.WaitAsync(Bounds.Wait);
        await outbox.Pending.All()[1].Accepted.WaitAsync(Bounds.Wait);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gone.WaitAsync(Bounds.Wait));
        Assert.Equal(["kept"], store.Bodies);
        _server.GoOnline();
        await kept.Receipt.WaitAsync(Bounds.Wait);
        Assert.Equal(["kept"], _server.Log(Room));
    }

    [Fact]
    public async Task Cancelling_later_ends_the_waiting_only()
    {
        _server.Script = (_, before) => before == 0 ? Verdict.StoreAndHold : Verdict.Store;
        await using var outbox = Create(_server);
        using var cancel = new CancellationTokenSource();
        var send = outbox.SendAsync(Room, "m1", null, cancel.Token);
        await _server.Calls.AtLeastAsync(1);
        var pending = Assert.Single(outbox.Pending.In(Room));
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => send.WaitAsync(Bounds.Wait));
        Assert.True(pending.MayBeStored);
        _server.Cut();
        Assert.True((await pending.Receipt.WaitAsync(Bounds.Wait)).Duplicate);
    }

    [Fact]
    public async Task A_full_outbox_makes_callers_wait_in_their_order()
    {
        _server.GoOffline();
        await using var outbox = Create(_server, new OutboxOptions { Capacity = 2 });
        var sends = Bodies(5).Select(body => outbox.SendAsync(Room, body, null, default)).ToList();
        Assert.Throws<ChatOutboxFullException>(() => outbox.Enqueue(Room, "m6", null));
        Assert.Equal(2, outbox.Pending.All().Count(message => message.Accepted.IsCompleted));
        _server.GoOnline();
        await Task.WhenAll(sends).WaitAsync(Bounds.Wait);
        Assert.Equal(Bodies(5), _server.Log(Room));
    }

    [Fact]
    public async Task A_full_outbox_refuses_when_told_to_and_counts_bytes()
    {
        _server.GoOffline();
        await using var outbox = Create(_server, new OutboxOptions { CapacityBytes = 10, FailWhenFull = true });
        outbox.Enqueue(Room, new string('x', 20), null); // larger than the bound: an empty outbox takes it
        await Assert.ThrowsAsync<ChatOutboxFullException>(() => outbox.SendAsync(Room, "m2", null, default));
        Assert.True(outbox.Pending.All()[0].Discard());
        outbox.Enqueue(Room, "m3", null);
    }

    [Fact]
    public async Task A_message_is_given_up_after_its_time_and_the_next_goes_on()
    {
        var time = new ManualTime();
        _server.Script = (body, _) => body == "m1" ? Verdict.StoreAndHold : Verdict.Store;
        await using var outbox = Create(_server,
            new OutboxOptions { GiveUpAfter = TimeSpan.FromMinutes(1), Window = 1 }, time);
        var slow = outbox.Enqueue(Room, "m1", null);
        await _server.Calls.AtLeastAsync(1);
        time.Advance(TimeSpan.FromSeconds(30));
        var next = outbox.Enqueue(Room, "m2", null);
        time.Advance(TimeSpan.FromSeconds(31));
        await Assert.ThrowsAsync<ChatTimeoutException>(() => slow.Receipt.WaitAsync(Bounds.Wait));
        Assert.Equal(PendingMessageState.Failed, slow.State);
        _server.Answer();
        await next.Receipt.WaitAsync(Bounds.Wait);
    }

    [Fact]
    public async Task A_failed_message_stays_visible_until_it_is_tried_again_or_discarded()
    {
        _server.Script = (_, before) => before == 0 ? Verdict.BadRequest : Verdict.Store;
        await using var outbox = Create(_server, new OutboxOptions { Store = new MemoryOutboxStore(), Capacity = 2 });
        var (first, second) = (outbox.Enqueue(Room, "m1", null), outbox.Enqueue(Room, "m2", null));
        foreach (var message in new[] { first, second })
            await Assert.ThrowsAsync<ChatRefusedException>(() => message.Receipt.WaitAsync(Bounds.Wait));
        Assert.Equal([first, second], outbox.Pending.In(Room));
        using var shown = ((IPendingMessages)outbox.Pending).Open(Room, () => { });
        Assert.IsType<ChatRefusedException>(shown.After(0)[0].Failure);
        Assert.Throws<ChatOutboxFullException>(() => outbox.Enqueue(Room, "m3", null));

        var key = first.Key;
        first.Retry();
        await first.Receipt.WaitAsync(Bounds.Wait);
        Assert.Equal((key, PendingMessageState.Sent), (first.Key, first.State));
        Assert.True(second.Discard());
        Assert.Empty(outbox.Pending.All());
        Assert.Throws<InvalidOperationException>(second.Retry);
        Assert.Equal(["m1"], _server.Log(Room));
    }

    [Fact]
    public async Task Those_who_watch_are_told_whatever_another_listener_does()
    {
        await using var outbox = Create(_server);
        var sent = new Inbox<string>();
        outbox.Pending.Changed += _ => throw new InvalidOperationException("a listener's own fault");
        using var listening = ((IPendingMessages)outbox.Pending).Open(Room, () => { });
        outbox.Pending.Changed += message =>
        {
            if (message.State == PendingMessageState.Sent) sent.Add(message.Body!);
        };
        var message = outbox.Enqueue(Room, "m1", null);
        Assert.Equal("m1", await sent.NextAsync());
        Assert.Equal(PendingMessageState.Sent, message.State);
    }

    [Fact]
    public async Task A_connection_that_was_given_up_fails_what_waits_and_leaves_it_in_the_store()
    {
        var store = new MemoryOutboxStore();
        _server.GoOffline();
        await using (var outbox = Create(_server, new OutboxOptions { Store = store }))
        {
            var send = outbox.SendAsync(Room, "m1", null, default);
            _server.GiveUp(new InvalidOperationException("no"));
            await Assert.ThrowsAsync<ChatConnectException>(() => send.WaitAsync(Bounds.Wait));
        }
        var again = new ScriptedServer();
        await using var next = Create(again, new OutboxOptions { Store = store });
        await next.OpenAsync(default);
        await next.FlushAsync(default).WaitAsync(Bounds.Wait);
        Assert.Equal(["m1"], again.Log(Room));
    }

    [Fact]
    public async Task Disposing_ends_the_waiting_and_does_not_wait_for_the_server()
    {
        _server.GoOffline();
        var outbox = Create(_server);
        var send = outbox.SendAsync(Room, "m1", null, default);
        await outbox.DisposeAsync().AsTask().WaitAsync(Bounds.Wait);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => send.WaitAsync(Bounds.Wait));
        Assert.Throws<ObjectDisposedException>(() => outbox.Enqueue(Room, "m2", null));
    }
}
