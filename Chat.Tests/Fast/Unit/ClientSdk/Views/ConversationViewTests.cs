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

public sealed class ConversationViewTests : IAsyncDisposable
{
    private static readonly ConversationId Room = ConversationId.New(Drafts.Noon);
    private static readonly UserId Me = UserId.Parse("me");
    private static readonly UserId Ann = UserId.Parse("ann");

    private readonly ScriptedLink _link = new ScriptedLink().Connect();
    private readonly ManualTime _time = new();
    private readonly ScreenContext _screen = new();
    private readonly ChatClient _client;

    public ConversationViewTests() =>
        _client = new ChatClient(
            ChatClientOptions.ForServer(new Uri("http://localhost")) with { TimeProvider = _time, UserId = Me }, _link);

    public ValueTask DisposeAsync() => _client.DisposeAsync();

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
    public async Task Unread_messages_are_those_of_others_after_the_own_position_which_is_told_once_a_second()
    {
        _link.Server.Positions.Add(new ReadPosition(Room, Me, 2));
        _link.Server.Positions.Add(new ReadPosition(Room, Ann, 1));
        for (var i = 0; i < 5; i++) _link.Store(Drafts.Message(Room));
        await using var view = await OpenAsync(new());
        await UntilAsync(() => view.State is { UnreadCount: 3, OwnReadPosition: 2 });
        Assert.Equal(1, view.State.ReadPositions[Ann]);

        var marked = view.MarkReadAsync();
        Assert.Equal((0, 5), (view.State.UnreadCount, view.State.OwnReadPosition));
        await marked.WaitAsync(Bounds.Wait);
        Assert.Equal((Room, 5L), await _link.Server.ReadMarks.NextAsync());
        _link.Append(Room, 3);
        await UntilAsync(() => view.State.UnreadCount == 3);
        var rest = new[] { view.MarkReadAsync(6), view.MarkReadAsync(7), view.MarkReadAsync(1_000),
            view.MarkReadAsync(4) };
        Assert.True(_link.Server.ReadMarks.IsEmpty);

        await UntilAsync(() => Task.WhenAll(rest).IsCompleted, () => _time.Advance(TimeSpan.FromSeconds(1)));

        Assert.Equal((Room, 8L), await _link.Server.ReadMarks.NextAsync());
        Assert.True(_link.Server.ReadMarks.IsEmpty);
        _link.Tell(new Push.ReadOn(new ReadPosition(Room, Ann, 8)));
        Assert.Equal(8, view.State.ReadPositions[Ann]);
    }

    [Fact]
    public async Task A_message_of_ones_own_and_one_that_was_taken_back_are_not_unread()
    {
        await using var view = await OpenAsync(new());
        await UntilAsync(() => view.State.OwnReadPosition == 0);
        _link.Append(Drafts.Message(Room));
        _link.Append(Drafts.Message(Room, sender: "me"));
        _link.Append(Drafts.Message(Room));

        await UntilAsync(() => view.State.UnreadCount == 2);
        _link.Append(new MessageDeletedEntry
        {
            TargetSequence = 3, Id = default, ConversationId = Room, Sequence = 0, SenderId = Ann, CreatedAt = default
        });

        await UntilAsync(() => view.State.UnreadCount == 1);
    }

    [Fact]
    public async Task Who_types_has_ceased_when_it_is_said_when_a_message_comes_and_after_a_while()
    {
        await using var view = await OpenAsync(new() { TypingTimeout = TimeSpan.FromSeconds(10) });
        Type(Ann, true);
        Type(UserId.Parse("bob"), true);
        Type(UserId.Parse("cyd"), true);
        Assert.Equal(["ann", "bob", "cyd"], view.State.Typing.Select(user => user.Value));

        Type(UserId.Parse("bob"), false);
        _link.Append(Drafts.Message(Room, sender: "ann"));
        await UntilAsync(() => view.State.Typing.Count == 1);

        _time.Advance(TimeSpan.FromSeconds(6));
        Type(UserId.Parse("cyd"), true);
        _time.Advance(TimeSpan.FromSeconds(6));
        Assert.Single(view.State.Typing);
        _time.Advance(TimeSpan.FromSeconds(4));
        await UntilAsync(() => view.State.Typing.Count == 0);
    }

    [Fact]
    public async Task Who_is_there_comes_from_the_answer_and_from_every_change_and_makes_members_known()
    {
        _link.Server.Present.AddRange(
            [new UserPresence(Ann, Online: true, null), new UserPresence(Me, Online: true, null),
                new UserPresence(UserId.Parse("bob"), Online: false, Drafts.Noon)]);
        _link.Store(Drafts.Message(Room));
        await using var view = await OpenAsync(new());
        await UntilAsync(() => view.State.OnlineCount == 2);
        Assert.Equal(["ann", "bob", "me"], view.State.Members.Select(user => user.Value));

        _link.Tell(new Push.Presence(new PresenceChange(Room, Ann, Online: false, Drafts.Noon)));
        Assert.Equal((1, Drafts.Noon), (view.State.OnlineCount, view.State.Presence[Ann].LastSeenAt));
        _link.Tell(new Push.Presence(new PresenceChange(Room, Ann, Online: true, null)));
        Assert.Equal(2, view.State.OnlineCount);
        _link.Append(Drafts.Removed(Room, "bob"));

        await UntilAsync(() => view.State.Conversation.Last == 2);
        Assert.Equal(["ann", "me"], view.State.Members.Select(user => user.Value));
    }

    [Fact]
    public async Task A_server_without_read_positions_and_presence_still_has_views()
    {
        _link.Server.BeforeCall = method => method is "ReadPositions" or "GetPresence"
            ? Task.FromException(ServerScript.Refusal(ChatErrorCode.InternalError))
            : Task.CompletedTask;
        await using var view = await OpenAsync(new());

        _link.Append(Room, 1);

        await UntilAsync(() => view.State.Messages.Count == 1);
        Assert.Equal((null, 0), (view.State.OwnReadPosition, view.State.UnreadCount));
    }

    [Fact]
    public async Task What_is_not_stored_yet_is_shown_until_its_entry_comes()
    {
        var outbox = new Outbox();
        _client.PendingMessages = outbox;
        outbox.Set(Pending("a"), Pending("b"), Pending("c"));
        _link.Store(Drafts.Message(Room, sender: "me", dedupeKey: "a"));
        await using var view = await OpenAsync(new());
        Assert.Equal(["b", "c"], view.State.Pending.Select(message => message.DedupeKey));

        _link.Append(Drafts.Message(Room, sender: "ann", dedupeKey: "b")); // somebody else's key
        _link.Append(Drafts.Message(Room, sender: "me", dedupeKey: "c"));
        await UntilAsync(() => view.State.Messages.Count == 3);
        Assert.Equal(["b"], view.State.Pending.Select(message => message.DedupeKey));

        var failed = Pending("b") with { Failure = ServerScript.Refusal(ChatErrorCode.RateLimited) };
        outbox.Set(failed);
        Assert.Equal([failed], view.State.Pending);
        outbox.Set(Pending("d"), Pending("d")); // an application that gives a key twice has one message
        Assert.Single(view.State.Pending);
        outbox.Set();
        Assert.Empty(view.State.Pending);
    }

    [Fact]
    public async Task A_long_list_that_changes_often_is_read_only_when_somebody_looks()
    {
        var outbox = new Outbox();
        _client.PendingMessages = outbox;
        await using var view = await OpenAsync(new());
        await UntilAsync(() => view.State.OwnReadPosition is not null);
        await SettleAsync(view);
        var before = outbox.Asked;

        for (var i = 1; i <= 1_000; i++) outbox.Set(Pending($"{i}"));

        Assert.Equal(before, outbox.Asked);
        Assert.Equal("1000", Assert.Single(view.State.Pending).DedupeKey);
        await UntilAsync(() => _screen.Waiting > 0);
        _screen.RunAll();
        Assert.Equal("1000", Assert.Single(view.Shown.Pending).DedupeKey);
        Assert.Equal(before + 1, outbox.Asked);
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

    private Task<ConversationView> OpenAsync(ConversationViewOptions options) =>
        _client.OpenViewAsync(Room, options with { Context = _screen }).WaitAsync(Bounds.Wait);

    private void Type(UserId user, bool isTyping) =>
        _link.Tell(new Push.Typing(new TypingChange(Room, user, isTyping)));

    private static OptimisticMessage Pending(string key) => new(Room, key, "hello", null, Drafts.Noon);

    /// <summary>Until the screen was told all there is: a round may be on its way to it.</summary>
    private Task SettleAsync(ConversationView view) =>
        UntilAsync(() => ReferenceEquals(view.Shown, view.State), _screen.RunAll);

    private static Task UntilAsync(Func<bool> condition, Action? while_ = null) => Eventually.HoldsAsync(() =>
    {
        if (condition()) return true;
        while_?.Invoke();
        return false;
    });

    private sealed class Outbox : IPendingMessages
    {
        private Action? _changed;
        private IReadOnlyList<OptimisticMessage> _messages = [];

        public int Asked { get; private set; }

        public void Set(params OptimisticMessage[] messages)
        {
            _messages = messages;
            _changed?.Invoke();
        }

        public IPendingList Open(ConversationId conversation, Action changed)
        {
            _changed = changed;
            return new List(this);
        }

        private sealed class List(Outbox outbox) : IPendingList
        {
            public IReadOnlyList<OptimisticMessage> After(long sequence)
            {
                outbox.Asked++;
                return outbox._messages;
            }

            public void Dispose() => outbox._changed = null;
        }
    }
}
