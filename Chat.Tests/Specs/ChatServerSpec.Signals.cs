using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;

namespace Chat.Tests.Specs;

/// <content>Signals: what is no entry of a log.</content>
public abstract partial class ChatServerSpec
{
    private static readonly UserId Dan = UserId.Parse("dan");

    [Fact]
    public async Task Typing_is_shown_to_the_others_who_joined_until_it_is_said_or_sent()
    {
        var (ann, ben, id) = await GroupAsync();
        var other = await ConnectAsync(Ann);
        foreach (var guest in new[] { ann, ben, other }) await guest.Hub.Join(id);
        var cem = await ConnectAsync(Cem); // takes part, and has not joined
        await ann.Hub.AddParticipants(id, [Cem]);

        await ann.Hub.Typing(id);
        Assert.Equal(new TypingChange(id, Ann, true), await ben.Signals.NextAsync());
        await ann.Hub.Typing(id); // no news
        await ann.Hub.Typing(id, isTyping: false);
        Assert.Equal(new TypingChange(id, Ann, false), await ben.Signals.NextAsync());
        await ann.Hub.Typing(id, isTyping: false); // no news either
        await cem.Hub.Typing(id);
        // the first to ann: nothing of herself
        foreach (var guest in new[] { ann, ben, other })
            Assert.Equal(new TypingChange(id, Cem, true), await guest.Signals.NextAsync());
        await cem.Hub.Send(id, "said");
        foreach (var guest in new[] { ann, ben, other })
            Assert.Equal(new TypingChange(id, Cem, false), await guest.Signals.NextAsync());
        Assert.True(cem.Signals.IsEmpty);
    }

    [Fact]
    public async Task A_read_position_that_moved_is_shown_to_all_who_joined_and_listed()
    {
        var (ann, ben, id) = await GroupAsync();
        foreach (var guest in new[] { ann, ben }) await guest.Hub.Join(id);
        for (var i = 0; i < 3; i++) await ann.Hub.Send(id, $"{i}");

        await ben.Hub.MarkRead(id, 3);
        foreach (var guest in new[] { ann, ben })
            Assert.Equal(new ReadPosition(id, Ben, 3), await guest.Signals.NextAsync());
        await ben.Hub.MarkRead(id, 2); // it has not moved
        await ben.Hub.MarkRead(id, 99);
        foreach (var guest in new[] { ann, ben })
            Assert.Equal(new ReadPosition(id, Ben, 4), await guest.Signals.NextAsync());
        Assert.Equal([new ReadPosition(id, Ben, 4), new ReadPosition(id, Ann, 1)], await ann.Hub.ReadPositions(id));

        await ben.Hub.MarkRead(ConversationId.Lobby, 1); // nothing there to have read
        Assert.Empty(await ben.Hub.ReadPositions(ConversationId.Lobby));
    }

    [Fact]
    public async Task A_watcher_hears_when_the_first_device_comes_and_the_last_one_goes()
    {
        var (ann, ben, id) = await GroupAsync();
        await ann.Hub.AddParticipants(id, [Cem]);
        Assert.False((await ann.Hub.GetPresence(id)).Watching); // not joined
        await ann.Hub.Join(id);
        await ben.Hub.GetPresence(id); // calls begin when the server knows that he is there
        var before = await ann.Hub.GetPresence(id);
        Assert.Equal((id, 2, true), (before.ConversationId, before.OnlineCount, before.Watching));
        Assert.Equal(
            [new UserPresence(Ann, true, null), new UserPresence(Ben, true, null), new UserPresence(Cem, false, null)],
            before.Users);
        var contacts = await ben.Hub.GetPresence();
        Assert.Equal((null, 1, true), (contacts.ConversationId, contacts.OnlineCount, contacts.Watching));
        Assert.Equal([Ann, Cem], contacts.Users.Select(user => user.UserId));

        var devices = new[] { await ConnectAsync(Cem), await ConnectAsync(Cem) };
        Assert.Equal(new PresenceChange(id, Cem, true, null), await ann.Signals.NextAsync());
        Assert.Equal(new PresenceChange(null, Cem, true, null), await ben.Signals.NextAsync());
        foreach (var device in devices) await device.Connection.DisposeAsync();
        var gone = Assert.IsType<PresenceChange>(await ann.Signals.NextAsync());
        Assert.Equal(new PresenceChange(id, Cem, false, gone.LastSeenAt), gone);
        Assert.NotNull(gone.LastSeenAt);
        Assert.Equal(new PresenceChange(null, Cem, false, gone.LastSeenAt), await ben.Signals.NextAsync());
        Assert.Equal(new UserPresence(Cem, false, gone.LastSeenAt), (await ann.Hub.GetPresence(id)).Users[^1]);
    }

    [Fact]
    public async Task Added_users_are_heard_of_at_once_removed_ones_hear_no_more_and_the_lobby_is_everyones()
    {
        var (ann, ben, id) = await GroupAsync();
        foreach (var guest in new[] { ann, ben })
        {
            await guest.Hub.Join(id);
            Assert.True((await guest.Hub.GetPresence(id)).Watching);
        }
        await ConnectAsync(Cem); // nobody's business yet
        await ann.Hub.AddParticipants(id, [Cem, Dan]);
        foreach (var guest in new[] { ann, ben })
            Assert.Equal(new PresenceChange(id, Cem, true, null), await guest.Signals.NextAsync());

        await ann.Hub.RemoveParticipant(id, Ben);
        await ben.Hub.Join(ConversationId.Lobby);
        var lobby = await ben.Hub.GetPresence(ConversationId.Lobby);
        Assert.Equal([Ann, Ben, Cem], lobby.Users.Select(user => user.UserId));
        Assert.Equal((3, true), (lobby.OnlineCount, lobby.Watching));
        await ConnectAsync(Dan);
        Assert.Equal(new PresenceChange(id, Dan, true, null), await ann.Signals.NextAsync());
        // and nothing of the group
        Assert.Equal(new PresenceChange(ConversationId.Lobby, Dan, true, null), await ben.Signals.NextAsync());
        await ben.Hub.Leave(ConversationId.Lobby);
        Assert.False((await ben.Hub.GetPresence(ConversationId.Lobby)).Watching);
    }
}
