using Chat.Contracts.Identifiers;
using Chat.Server.Core.MessageLog;
using Chat.Server.Persistence.Entries;
using Chat.Server.Reactions;

namespace Chat.Tests.Unit.Reactions;

/// <summary>CH-254: what is told at the end of an interval, and when that is.</summary>
public sealed class UntoldReactionsTests
{
    private static readonly ConversationId Conversation = ConversationId.New(Drafts.Noon);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private readonly UntoldReactions _untold = new();

    [Fact]
    public void What_another_entry_has_told_meanwhile_is_told_at_the_end_of_the_interval_that_began_with_it()
    {
        Mark(target: 2, told: 3, toldAt: 0);
        Mark(target: 2, told: 4, toldAt: 240); // another instance was faster
        Mark(target: 9, told: 5, toldAt: 100);

        Assert.Empty(_untold.TakeDue(At(250)));
        Assert.Equal(At(350), _untold.FirstDueAt);
        Assert.Equal(9, Assert.Single(_untold.TakeDue(At(350))).Target);
        Assert.Equal(At(490), _untold.FirstDueAt);
        Assert.Empty(_untold.TakeDue(At(489)));
        Assert.Equal((2, 4), _untold.TakeDue(At(490)).Select(mark => (mark.Target, mark.Told)).Single());
        Assert.Null(_untold.FirstDueAt);
    }

    [Fact]
    public void Each_message_is_told_once_with_the_last_who_changed_its_reactions()
    {
        for (var i = 0; i < 5; i++) Mark(target: 2, told: 3, toldAt: 0, sender: $"user{i}");

        Assert.Equal("user4", Assert.Single(_untold.TakeDue(At(250))).Sender.Value);
        Assert.Empty(_untold.TakeDue(At(9_999)));
    }

    private void Mark(long target, long told, int toldAt, string sender = "ann")
    {
        var user = UserId.Parse(sender);
        var draft = new Draft(MessageId.New(Drafts.Noon), Conversation, user, EntryContent.ReactionsChanged(target));
        var mark = new ReactionMark(Conversation, target, told, user, At(toldAt) + Interval);
        _untold.Reacted([new ReactionSet(draft, new ReactionOutcome { Untold = mark })]);
    }

    private static DateTimeOffset At(int milliseconds) => Drafts.Noon.AddMilliseconds(milliseconds);
}
