using Chat.Contracts.Commands;
using Chat.Contracts.Entries;
using Chat.Contracts.Errors;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;

namespace Chat.Tests.Specs;

/// <content>Content that the server erases.</content>
public abstract partial class ChatServerSpec
{
    /// <summary>As retention does, and the erasure of a user.</summary>
    /// <param name="conversation">Where.</param>
    /// <param name="through">Up to where all of it; null: what the user sent.</param>
    /// <param name="user">Whose; null: everybody's.</param>
    internal abstract Task EraseAsync(ConversationId conversation, long? through, UserId? user);

    // CH-260, CH-261, CH-262
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Of_an_erased_message_no_reactions_pins_and_mentions_are_left_and_others_keep_theirs(
        bool isOfUser)
    {
        var (ann, ben, id) = await GroupAsync();
        await ann.Hub.Send(id, "one", new SendOptions { Mentions = new MessageMentions { Users = [Ben] } }); // 2
        await ben.Hub.Send(id, "two"); // 3
        await ben.Hub.SetReactions(id, 2, ["👍"]); // 4
        await ann.Hub.SetReactions(id, 3, [":ok:"]); // 5
        await ben.Hub.SetPinned(id, 2); // 6
        await ben.Hub.Join(id);

        await EraseAsync(id, isOfUser ? null : 2, isOfUser ? Ann : null);

        var told = Assert.IsType<ContentErasedEntry>(await ben.Pushes.NextAsync());
        Assert.Equal((7, isOfUser ? null : 2, isOfUser ? Ann : null),
            (told.Sequence, told.ThroughSequence, told.UserId));
        var erased = await ben.Hub.Reactions(id, 2);
        Assert.Empty(erased.Users);
        Assert.Empty(erased.Counts);
        Assert.Empty(await ben.Hub.Pins(id));
        Assert.Empty(await ben.Hub.Mentions());
        await RefusedAsync(ChatErrorCode.Gone, "this message was deleted",
            () => ben.Hub.SetReactions(id, 2, ["👍"]));
        var page = await ben.Hub.History(id, new HistoryQuery { View = HistoryView.Main });
        Assert.True(page.Entries.OfType<MessageEntry>().First().Erased);
        // One that is nothing any more may be named or not.
        Assert.All(page.Current!.Where(one => one.Sequence == 2), one => Assert.Empty(one.Counts));
        Assert.Equal([new ReactionCount(":ok:", 1)], page.Current!.Single(one => one.Sequence == 3).Counts);
        Assert.Equal([Ann], (await ben.Hub.Reactions(id, 3)).Users.Select(one => one.UserId));
    }
}
