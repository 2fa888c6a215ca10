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

/// <summary>Read positions, typing and presence in a view.</summary>
public sealed class ViewPeopleTests : ViewScene
{
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
    public async Task A_typist_has_ceased_when_it_is_said_when_a_message_comes_and_after_a_while()
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
    public async Task Presence_comes_from_the_answer_and_every_change_and_makes_members_known()
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

    private void Type(UserId user, bool isTyping) =>
        _link.Tell(new Push.Typing(new TypingChange(Room, user, isTyping)));
}
