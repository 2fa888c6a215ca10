using Chat.Contracts.Commands;
using Chat.Contracts.Entries;
using Chat.Contracts.Errors;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;

namespace Chat.Tests.Specs;

/// <content>Users who want nothing to do with each other.</content>
public abstract partial class ChatServerSpec
{
    // CH-210, CH-211
    [Fact]
    public async Task Between_two_of_whom_one_has_blocked_the_other_nothing_is_sent_and_nobody_is_added()
    {
        var (ann, ben, group) = await GroupAsync();
        var direct = (await ann.Hub.CreateConversation(
            new CreateConversation { ParticipantIds = [Ben], Kind = ConversationKind.Direct })).Id;
        await ben.Hub.Send(direct, "before");

        await ann.Hub.Block(Ben);
        await ann.Hub.Block(Ben);

        foreach (var side in new[] { ann, ben })
        {
            await RefusedAsync(ChatErrorCode.Forbidden, NotYours, () => side.Hub.Send(direct, "no"));
            await RefusedAsync(ChatErrorCode.Forbidden, NotYours, () => side.Hub.Typing(direct));
            Assert.Equal(2, (await side.Hub.History(direct)).Head);
            await side.Hub.Send(group, "what both see in groups stays");
        }
        await RefusedAsync(ChatErrorCode.Forbidden, NotYours, () => ben.Hub.CreateConversation(
            new CreateConversation { ParticipantIds = [Cem, Ann] }));
        await RefusedAsync(ChatErrorCode.Forbidden, NotYours, () => ben.Hub.CreateConversation(
            new CreateConversation { ParticipantIds = [Ann], Kind = ConversationKind.Direct }));
        var bens = await ben.Hub.CreateConversation(new CreateConversation { ParticipantIds = [Cem] });
        await RefusedAsync(ChatErrorCode.Forbidden, NotYours, () => ben.Hub.AddParticipants(bens.Id, [Ann]));
        Assert.Equal([Ben], await ann.Hub.Blocks());
        Assert.Empty(await ben.Hub.Blocks());

        await ann.Hub.Unblock(Ben);
        await ann.Hub.Unblock(Ben);
        Assert.Equal(3, (await ben.Hub.Send(direct, "after")).Sequence);
        await ben.Hub.AddParticipants(bens.Id, [Ann]);
        Assert.Empty(await ann.Hub.Blocks());
    }

    // CH-212
    [Fact]
    public async Task Neither_is_shown_when_the_other_types_comes_or_goes()
    {
        var (ann, ben, group) = await GroupAsync();
        await ann.Hub.Join(group);
        await ben.Hub.Join(group);
        Assert.Equal(2, (await ben.Hub.GetPresence(group)).OnlineCount);

        await ann.Hub.Block(Ben);

        Assert.Equal(new PresenceChange(group, Ann, Online: false, LastSeenAt: null),
            await ben.Signals.NextAsync());
        var seen = await ben.Hub.GetPresence(group);
        Assert.Equal(1, seen.OnlineCount);
        Assert.Equal([new UserPresence(Ben, true, null), new UserPresence(Ann, false, null)], seen.Users);
        await ann.Hub.Typing(group);
        await ann.Hub.Send(group, "hello");
        Assert.Equal([2], await ben.Pushes.SequencesAsync(1));
        Assert.True(ben.Signals.IsEmpty);

        await ann.Hub.Unblock(Ben);
        Assert.Equal(new PresenceChange(group, Ann, Online: true, LastSeenAt: null),
            await ben.Signals.NextAsync());
        await ann.Hub.Typing(group);
        Assert.Equal(new TypingChange(group, Ann, true), await ben.Signals.NextAsync());
    }

    // CH-210
    [Fact]
    public async Task One_blocks_somebody_else_whether_there_is_such_a_user_or_not()
    {
        var ann = await ConnectAsync(Ann);
        await RefusedAsync(ChatErrorCode.BadRequest, "userId must be somebody else", () => ann.Hub.Block(Ann));
        await ann.Hub.Block(UserId.Parse("nobody"));
        await ann.Hub.Unblock(Cem);
        Assert.Equal([UserId.Parse("nobody")], await ann.Hub.Blocks());
    }
}
