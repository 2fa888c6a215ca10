using Chat.ClientSdk;
using Chat.ClientSdk.Sending;
using Chat.ClientSdk.Views;
using Chat.Contracts.Commands;
using Chat.Contracts.Errors;
using Chat.Contracts.Events;
using static Chat.Tests.Unit.ClientSdk.Sending.TestOutbox;

namespace Chat.Tests.Unit.ClientSdk.Sending;

/// <summary>Whatever happens to answers and connections: each message once, in the order of the calls.</summary>
public sealed class OutboxTests
{
    private readonly ScriptedServer _server = new();

    [Fact]
    public async Task Messages_are_stored_in_the_order_of_the_calls()
    {
        await using var outbox = Create(_server);
        var receipts = await SendAllAsync(outbox, 100);
        Assert.Equal(Bodies(100), _server.Log(Room));
        Assert.Equal(Enumerable.Range(1, 100).Select(i => (long)i), receipts.Select(receipt => receipt.Sequence));
        Assert.Empty(outbox.Pending.All());
    }

    [Fact]
    public async Task A_screen_is_shown_what_was_sent_until_it_has_the_entry()
    {
        await using var outbox = Create(_server);
        await SendAllAsync(outbox, 1); // before there was a screen
        var changes = new Tally();
        using var shown = ((IPendingMessages)outbox.Pending).Open(Room, changes.Add);
        _server.Script = (body, _) => body == "m4" ? Verdict.StoreAndHold : Verdict.Store;
        foreach (var body in new[] { "m2", "m3", "m4" }) outbox.Enqueue(Room, body, null);
        await Task.WhenAll(outbox.Pending.All().Where(message => message.Body != "m4")
            .Select(message => message.Receipt)).WaitAsync(Bounds.Wait);

        Assert.Equal([("m2", 2), ("m3", 3), ("m4", null)],
            shown.After(1).Select(message => (message.Body, message.Sequence)));
        Assert.Equal(["m3", "m4"], shown.After(2).Select(message => message.Body));
        Assert.Equal(["m4"], shown.After(3).Select(message => message.Body));
        Assert.Equal(["m4"], shown.After(0).Select(message => message.Body));
        await changes.AtLeastAsync(8); // queued and under way, all three; sent, two
    }

    [Theory]
    [MemberData(nameof(Cuts))]
    public async Task A_connection_lost_at_any_message_of_a_pipeline_changes_nothing(Verdict cut, int at)
    {
        _server.Script = (body, before) => body == $"m{at}" && before == 0 ? cut : Verdict.Store;
        await using var outbox = Create(_server);
        var receipts = await SendAllAsync(outbox, 6);
        Assert.Equal(Bodies(6), _server.Log(Room));
        Assert.Equal([1, 2, 3, 4, 5, 6], receipts.Select(receipt => receipt.Sequence));
        Assert.Equal(cut == Verdict.CutAfter, receipts[at - 1].Duplicate);
    }

    public static TheoryData<Verdict, int> Cuts()
    {
        var cuts = new TheoryData<Verdict, int>();
        for (var at = 1; at <= 6; at++)
        {
            cuts.Add(Verdict.CutBefore, at);
            cuts.Add(Verdict.CutAfter, at);
        }
        return cuts;
    }

    [Fact]
    public async Task Acknowledged_messages_are_not_sent_again_and_the_others_go_first()
    {
        _server.Script = (body, before) => body is "m3" or "m4" && before == 0 ? Verdict.StoreAndHold : Verdict.Store;
        await using var outbox = Create(_server, new OutboxOptions { Window = 4 });
        var sends = SendAllAsync(outbox, 4);
        await _server.Calls.AtLeastAsync(4);
        await Task.WhenAll(outbox.Pending.All().Where(message => message.Body is "m1" or "m2")
            .Select(message => message.Receipt)).WaitAsync(Bounds.Wait);
        _server.Cut();
        await sends;
        Assert.Equal(["m1", "m2", "m3", "m4", "m3", "m4"], _server.Called);
    }

    [Theory]
    [InlineData(Verdict.BadRequest, ChatErrorCode.BadRequest)]
    [InlineData(Verdict.UnknownCode, ChatErrorCode.Unknown)]
    public async Task A_refusal_in_the_middle_concerns_that_message_alone(Verdict verdict, ChatErrorCode code)
    {
        _server.Script = (body, _) => body == "m2" ? verdict : Verdict.Store;
        await using var outbox = Create(_server);
        var sends = Bodies(4).Select(body => outbox.SendAsync(Room, body, null, default)).ToList();
        var refusal = await Assert.ThrowsAsync<ChatRefusedException>(() => sends[1].WaitAsync(Bounds.Wait));
        Assert.Equal(code, refusal.Code);
        await Task.WhenAll(sends[0], sends[2], sends[3]).WaitAsync(Bounds.Wait);
        Assert.Equal(["m1", "m3", "m4"], _server.Log(Room));
        Assert.Empty(outbox.Pending.All());
    }

    [Theory]
    [InlineData(Verdict.RateLimited)]
    [InlineData(Verdict.InternalError)]
    public async Task While_the_server_cannot_everything_waits_in_its_place_and_the_waits_grow(Verdict trouble)
    {
        const int refused = 8;
        var left = refused;
        _server.Script = (_, _) => left-- > 0 ? trouble : Verdict.Store;
        var time = new HurriedTime();
        await using var outbox = Create(_server,
            new OutboxOptions
            {
                Window = 4, RetryDelay = TimeSpan.FromSeconds(1), MaxRetryDelay = TimeSpan.FromSeconds(5)
            }, time);
        await SendAllAsync(outbox, 10);
        Assert.Equal(Bodies(10), _server.Log(Room));
        Assert.InRange(time.Waited, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(5 * refused));
    }

    // CH-122
    [Fact]
    public async Task A_limited_send_is_repeated_at_the_time_the_server_gave_in_order()
    {
        var time = new HurriedTime();
        // From the third on it is too fast, and then for everything until the time is over (CH-121).
        _server.Script = (body, _) => body is not ("m1" or "m2") && time.Waited < TimeSpan.FromSeconds(7)
            ? Verdict.TooFast
            : Verdict.Store;
        await using var outbox = Create(_server, new OutboxOptions { Window = 8 }, time);
        await SendAllAsync(outbox, 10);
        Assert.Equal(Bodies(10), _server.Log(Room));
        Assert.Equal(TimeSpan.FromSeconds(7), time.Waited);
    }

    [Fact]
    public async Task With_a_window_of_one_the_order_holds_whatever_the_server_refuses()
    {
        var random = new Random(7);
        _server.Script = (_, _) => random.Next(3) == 0 ? Verdict.InternalError : Verdict.Store;
        await using var outbox = Create(_server, new OutboxOptions { Window = 1 });
        await SendAllAsync(outbox, 60);
        Assert.Equal(Bodies(60), _server.Log(Room));
    }

    [Fact]
    public async Task Conversations_do_not_wait_for_each_other()
    {
        _server.Script = (body, _) => body == "stuck" ? Verdict.StoreAndHold : Verdict.Store;
        await using var outbox = Create(_server, new OutboxOptions { Window = 1 });
        var stuck = outbox.Enqueue(Room, "stuck", null);
        await outbox.SendAsync(Other, "free", null, default).WaitAsync(Bounds.Wait);
        await _server.Calls.AtLeastAsync(2); // the stuck one may be called last
        Assert.False(stuck.Receipt.IsCompleted);
        _server.Answer();
        await stuck.Receipt.WaitAsync(Bounds.Wait);
    }

    [Fact]
    public async Task No_more_than_the_window_are_under_way()
    {
        _server.Script = (_, _) => Verdict.StoreAndHold;
        await using var outbox = Create(_server, new OutboxOptions { Window = 3 });
        var sends = SendAllAsync(outbox, 9);
        for (var called = 3; called <= 9; called += 3)
        {
            await _server.Calls.AtLeastAsync(called);
            _server.Answer();
        }
        await sends;
        Assert.InRange(_server.UnderWayAtMost, 1, 3);
    }

    [Fact]
    public async Task The_callers_own_key_is_used_and_equal_keys_are_stored_once()
    {
        await using var outbox = Create(_server);
        var first = await outbox.SendAsync(Room, "once", new SendOptions { DedupeKey = "mine" }, default)
            .WaitAsync(Bounds.Wait);
        var second = await outbox.SendAsync(Room, "once", new SendOptions { DedupeKey = "mine" }, default)
            .WaitAsync(Bounds.Wait);
        Assert.Equal(["once"], _server.Log(Room));
        Assert.Equal((first.Id, true), (second.Id, second.Duplicate));
        await Assert.ThrowsAsync<ChatRefusedException>(
            () => outbox.SendAsync(Room, "x", new SendOptions { DedupeKey = new string('k', 65) }, default));
        await Assert.ThrowsAsync<ChatRefusedException>(() => outbox.SendAsync(Room, "\ud800", null, default));
    }

    [Fact]
    public async Task A_session_that_ends_while_nothing_is_under_way_is_followed_by_the_next()
    {
        await using var outbox = Create(_server);
        await SendAllAsync(outbox, 1);
        _server.Cut();
        await outbox.SendAsync(Room, "m2", null, default).WaitAsync(Bounds.Wait);
        Assert.Equal(Bodies(2), _server.Log(Room));
    }
}
