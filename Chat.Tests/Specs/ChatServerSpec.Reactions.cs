using Chat.Contracts.Commands;
using Chat.Contracts.Entries;
using Chat.Contracts.Errors;
using Chat.Contracts.Events;

namespace Chat.Tests.Specs;

/// <content>Reactions.</content>
public abstract partial class ChatServerSpec
{
    // CH-252, CH-253, CH-256, CH-257
    [Fact]
    public async Task Users_set_their_reactions_all_are_told_and_may_ask_who_has_which()
    {
        var (ann, ben, id) = await GroupAsync();
        await ben.Hub.Join(id);
        await ann.Hub.Send(id, "one"); // 2
        Assert.Equal([2], await ben.Pushes.SequencesAsync(1));

        var receipt = await ann.Hub.SetReactions(id, 2, ["👍", ":ok:", "👍"]);

        Assert.Equal((3L, false), (receipt.Sequence, receipt.Duplicate));
        Assert.Equal([":ok:", "👍"], receipt.Keys);
        var told = Assert.IsType<ReactionsChangedEntry>(await ben.Pushes.NextAsync());
        Assert.Equal((3, 2, Ann), (told.Sequence, told.TargetSequence, told.SenderId));
        Assert.Equal([new ReactionCount(":ok:", 1), new ReactionCount("👍", 1)], told.Counts);
        Assert.Equal([":ok:", "👍"], Assert.Single(told.Changes!).Keys);

        Assert.True((await ann.Hub.SetReactions(id, 2, [":ok:", "👍"])).Duplicate);
        await ben.Hub.SetReactions(id, 2, ["👍"]);
        told = Assert.IsType<ReactionsChangedEntry>(await ben.Pushes.NextAsync()); // at once or after the interval
        Assert.Equal([new ReactionCount("👍", 2), new ReactionCount(":ok:", 1)], told.Counts);

        var page = await ben.Hub.Reactions(id, 2);
        Assert.Equal(told.Counts, page.Counts);
        Assert.Equal([Ann, Ben], page.Users.Select(one => one.UserId));
        Assert.Equal([Ann], (await ben.Hub.Reactions(id, 2, ":ok:")).Users.Select(one => one.UserId));
        Assert.Equal([Ben], (await ben.Hub.Reactions(id, 2, null, Ann)).Users.Select(one => one.UserId));
        var current = Assert.Single((await ben.Hub.History(id, new() { View = HistoryView.Main }))
            .Current!);
        Assert.Equal(told.Counts, current.Counts);
        Assert.Equal(["👍"], current.Mine);
    }

    // CH-252, CH-253, CH-255
    [Fact]
    public async Task What_is_no_reaction_and_what_has_no_content_is_refused()
    {
        var (ann, ben, id) = await GroupAsync();
        await ann.Hub.Send(id, "one"); // 2
        await ben.Hub.SetReactions(
            id, 2, ["❤️", "👩‍👩‍👧‍👧", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "1️⃣", "🇩🇪", ":+1:"]);
        foreach (var wrong in new[] { "", "a", "👍👍", "👍 ", ":A:", "::", ":no end", "👍\u200D", "🇩" })
            await RefusedAsync(ChatErrorCode.BadRequest,
                "keys: each must be one emoji, or :a_name: of at most 32 characters",
                () => ben.Hub.SetReactions(id, 2, [wrong]));
        await RefusedAsync(ChatErrorCode.BadRequest, "keys must include at most 8 reactions",
            () => ben.Hub.SetReactions(id, 2, [.. Enumerable.Range(0, 9).Select(i => $":{i}:")]));
        foreach (var target in new long[] { 1, 9 })
            await RefusedAsync(ChatErrorCode.BadRequest, "targetSequence must name a message of this conversation",
                () => ben.Hub.SetReactions(id, target, ["👍"]));
        await RefusedAsync(ChatErrorCode.BadRequest, "targetSequence must name a message of this conversation",
            () => ben.Hub.Reactions(id, 1));

        await ann.Hub.DeleteMessage(id, 2);

        await RefusedAsync(ChatErrorCode.Gone, "this message was deleted",
            () => ben.Hub.SetReactions(id, 2, ["👍"]));
        Assert.Empty((await ben.Hub.Reactions(id, 2)).Users);
    }

    // CH-210, CH-211, CH-252
    [Fact]
    public async Task Between_two_of_whom_one_has_blocked_the_other_nobody_reacts_and_in_groups_both_do()
    {
        var (ann, ben, group) = await GroupAsync();
        var direct = (await ann.Hub.CreateConversation(
            new CreateConversation { ParticipantIds = [Ben], Kind = ConversationKind.Direct })).Id;
        foreach (var id in new[] { direct, group }) await ann.Hub.Send(id, "one"); // 2
        await ben.Hub.SetReactions(direct, 2, ["👍"]);

        await ann.Hub.Block(Ben);

        foreach (var side in new[] { ann, ben })
        {
            await RefusedAsync(ChatErrorCode.Forbidden, NotYours, () => side.Hub.SetReactions(direct, 2, [":ok:"]));
            await RefusedAsync(ChatErrorCode.Forbidden, NotYours, () => side.Hub.SetReactions(direct, 2, []));
            Assert.Equal([Ben], (await side.Hub.Reactions(direct, 2)).Users.Select(one => one.UserId));
            await side.Hub.SetReactions(group, 2, ["👍"]);
        }
        Assert.Equal([new ReactionCount("👍", 2)], (await ann.Hub.Reactions(group, 2)).Counts);

        await ann.Hub.Unblock(Ben);

        await ben.Hub.SetReactions(direct, 2, []);
        Assert.Empty((await ann.Hub.Reactions(direct, 2)).Users);
    }
}
