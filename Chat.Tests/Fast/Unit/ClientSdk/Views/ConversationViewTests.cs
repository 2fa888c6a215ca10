using System.Diagnostics;
using Chat.ClientSdk;
using Chat.ClientSdk.Connection;
using Chat.ClientSdk.Sending;
using Chat.ClientSdk.Views;
using Chat.Contracts.Entries;
using Chat.Contracts.Errors;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;
using Chat.Tests.Fixtures;
using Chat.Tests.Unit.ClientSdk.Reading;

namespace Chat.Tests.Unit.ClientSdk.Views;

public sealed class ConversationViewTests : ViewScene
{
    [Fact]
    public async Task It_opens_with_the_newest_messages_follows_what_comes_and_loads_what_was_before()
    {
        for (var i = 0; i < 120; i++) _link.Store(Drafts.Message(Room));
        await using var view = await OpenAsync(new() { Messages = 20 });
        Assert.Equal((20, 101, true),
            (view.State.Messages.Count, view.State.Messages[0].Sequence, view.State.HasOlder));

        _link.Append(Room, 3);
        await UntilAsync(() => view.State.Messages.Count == 23);
        Assert.Equal(100, await view.LoadOlderAsync(200));
        Assert.Equal(0, await view.LoadOlderAsync());

        Assert.False(view.State.HasOlder);
        Assert.Equal(Enumerable.Range(1, 123).Select(n => (long)n),
            view.State.Messages.Select(message => message.Sequence));
    }

    [Fact]
    public async Task A_context_that_throws_is_tried_again_and_the_view_goes_on()
    {
        await using var view = await OpenAsync(new() { Context = _screen });
        // A round that was posted before would show the message, and nothing would be refused.
        await UntilAsync(() => view.State.OwnReadPosition is not null);
        await SettleAsync(view);
        var screen = new Screen(view);
        _screen.Refuses = new InvalidOperationException("the window is gone");
        _link.Append(Room, 1);
        await UntilAsync(() => view.State.Messages.Count == 1 && _time.HasTimerWithin(TimeSpan.FromSeconds(1)),
            while_: _screen.RunAll); // what was posted before

        _screen.Refuses = null;
        _time.Advance(TimeSpan.FromSeconds(1));
        await UntilAsync(() => _screen.Waiting > 0);
        _screen.RunAll();
        Assert.Single(screen.Messages);

        _link.Append(Room, 1);
        await UntilAsync(() => view.State.Messages.Count == 2 && _screen.Waiting > 0);
        _screen.RunAll();
        Assert.Equal(view.State.Messages, screen.Messages);
        Assert.False(view.State.IsEnded);
    }

    [Fact]
    public async Task A_list_that_does_what_the_events_say_shows_what_the_state_has()
    {
        for (var seed = 1; seed <= 20; seed++)
        {
            var random = new Random(seed);
            var room = ConversationId.New(Drafts.Noon);
            var entries = new RandomEntries(random, room);
            for (var i = random.Next(60); i > 0; i--) _link.Store(entries.Next(_link.Head(room) + 1));
            await using var view = await _client.OpenViewAsync(room,
                new() { Messages = random.Next(1, 10), MaxMessages = random.Next(10, 30), Context = _screen })
                .WaitAsync(Bounds.Wait);
            var screen = new Screen(view);

            for (var i = 0; i < 40; i++)
            {
                if (random.Next(6) == 0) await view.LoadOlderAsync(random.Next(1, 10)).WaitAsync(Bounds.Wait);
                else _link.Append(entries.Next(_link.Head(room) + 1));
                if (random.Next(3) == 0) _screen.RunAll();
            }
            await UntilAsync(() => view.State.Conversation.Last == _link.Head(room), _screen.RunAll);

            await SettleAsync(view);
            Assert.Equal(view.State.Messages, screen.Messages);
        }
    }

    [Fact]
    public async Task Nothing_is_told_elsewhere_than_on_the_given_context_and_nothing_queues_there()
    {
        await using var view = await OpenAsync(new());
        await UntilAsync(() => view.State.OwnReadPosition is not null);
        await SettleAsync(view);
        var screen = new Screen(view);

        _link.Append(Room, 500);
        await UntilAsync(() => view.State.Messages.Count == 500 && _screen.Waiting > 0);

        Assert.Equal(0, screen.Events);
        Assert.Equal(1, _screen.Waiting);
        _screen.RunAll();
        Assert.Equal(500, screen.Messages.Count);
    }

    [Fact]
    public async Task It_goes_on_where_it_was_after_a_lost_connection()
    {
        await using var view = await OpenAsync(new());
        _link.Append(Room, 2);
        await UntilAsync(() => view.State.Messages.Count == 2);

        _link.Cut();
        for (var i = 0; i < 5; i++) _link.Store(Drafts.Message(Room));
        _link.Server.Present.Add(new UserPresence(Ann, Online: true, null));
        _link.Connect();

        await UntilAsync(() => view.State.Messages.Count == 7 && view.State.Presence.ContainsKey(Ann));
    }

    [Fact]
    public async Task A_view_keeps_so_many_messages_and_loads_the_others_again()
    {
        await using var view = await OpenAsync(new() { Messages = 5, MaxMessages = 10 });
        _link.Append(Room, 35);
        await UntilAsync(() => view.State.Conversation.Last == 35);
        Assert.Equal((10, 26), (view.State.Messages.Count, view.State.Messages[0].Sequence));

        Assert.Equal(20, await view.LoadOlderAsync(20));
        _link.Append(Room, 5);
        await UntilAsync(() => view.State.Conversation.Last == 40);

        Assert.Equal((30, 11), (view.State.Messages.Count, view.State.Messages[0].Sequence));
    }

    [Fact]
    public async Task It_ends_when_the_user_is_removed_and_says_why_otherwise()
    {
        await using var removed = await OpenAsync(new());
        _link.Append(Drafts.Removed(Room, "me"));
        _link.Tell(new Push.Closed(Room));
        await UntilAsync(() => removed.State.IsEnded);
        Assert.Null(removed.State.Failure);

        await using var cut = await OpenAsync(new());
        _link.Cut();
        _link.Server.Forbidden[Room] = true;
        _link.Connect();
        await UntilAsync(() => cut.State.IsEnded);
        Assert.IsType<ChatRefusedException>(cut.State.Failure);
        await Assert.ThrowsAsync<ChatRefusedException>(() => _client.OpenViewAsync(Room).WaitAsync(Bounds.Wait));
    }
}
