using Chat.Contracts.Commands;
using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Server.Persistence.Entries;
using Chat.Server.Policies;
using Chat.Tests.Fixtures;
using FluentAssertions;

namespace Chat.Tests.Unit.Policies;

/// <summary>What a policy sees of a draft, and what it may put in its place.</summary>
public sealed class PolicyReplacementTests
{
    private static readonly ConversationId Room = ConversationId.Lobby;

    private static readonly Draft Message = Drafts.Of(Drafts.Message(Room, "one", dedupeKey: "k") with
    {
        Thread = 3, Mentions = new MessageMentions { Users = [UserId.Parse("bob")] },
    })[0];

    private static readonly Draft Edit = new(MessageId.New(Drafts.Noon), Room, UserId.Parse("ann"),
        EntryContent.MessageEdited(4, new("two", new SendOptions { DedupeKey = "k" })))
    {
        IfVersion = 7,
    };

    // CH-288
    [Fact]
    public void A_message_keeps_all_but_its_content()
    {
        var seen = (SendDraft)PolicyDrafts.Of(Message);
        var draft = PolicyReplacement.In(Message, seen with { Body = "  other " });
        draft.Should().Be(Message with { Content = Message.Content with { Text = "other" } });
        PolicyReplacement.In(Message, seen).Content.Should().Be(Message.Content);
    }

    // CH-288
    [Fact]
    public void An_edit_keeps_all_but_its_content()
    {
        var seen = (EditDraft)PolicyDrafts.Of(Edit);
        seen.Should().Be(new EditDraft(4, new EditMessage { Body = "two", IfVersion = 7, DedupeKey = "k" }));
        var draft = PolicyReplacement.In(Edit, seen with { Content = seen.Content with { Body = "other" } });
        draft.Should().Be(Edit with { Content = Edit.Content with { Text = "other" } });
    }

    // CH-288
    [Fact]
    public void What_is_not_the_same_act_or_breaks_a_rule_is_no_replacement()
    {
        var sent = (SendDraft)PolicyDrafts.Of(Message);
        var edit = (EditDraft)PolicyDrafts.Of(Edit);
        EntryDraft[] forMessage = [edit, sent with { Body = null }, sent with { Body = new string('x', 100_000) },
            With(options => options with { DedupeKey = "other" }), With(options => options with { Thread = null }),
            With(options => options with { ReplyTo = 2 }), With(options => options with { AlsoInConversation = true }),
            With(options => options with { Mentions = new MessageMentions { Everyone = true } })];
        foreach (var replacement in forMessage) NoReplacement(Message, replacement);

        EntryDraft[] forEdit = [sent, edit with { TargetSequence = 5 },
            edit with { Content = edit.Content with { IfVersion = null } },
            edit with { Content = edit.Content with { DedupeKey = null } },
            edit with { Content = edit.Content with { Body = "" } }];
        foreach (var replacement in forEdit) NoReplacement(Edit, replacement);

        var pin = new Draft(Edit.Id, Room, Edit.SenderId, EntryContent.Pinned(4, isPinned: true));
        NoReplacement(pin, PolicyDrafts.Of(pin));

        SendDraft With(Func<SendOptions, SendOptions> change) => sent with { Options = change(sent.Options) };
    }

    [Fact]
    public void Each_kind_of_act_has_its_draft()
    {
        ChatActKind[] kinds = Enum.GetValues<ChatActKind>();
        var drafts = Drafts.Of(
            Drafts.Message(Room), Drafts.Created("ann", "bob"), Drafts.Added(Room, "bob"))
            .Concat([Edit, Of(EntryContent.MessageDeleted(4, "why")),
                Of(EntryContent.ReactionsChanged(4)) with { Reaction = new ReactionMove(["👍"], TimeSpan.Zero) },
                Of(EntryContent.Pinned(4, isPinned: false)), Of(EntryContent.ParticipantRemoved(UserId.Parse("bob"))),
                Of(EntryContent.RoleChanged(UserId.Parse("bob"), ParticipantRole.Moderator)),
                Of(EntryContent.ConversationChanged(new() { Title = "title" }))]).ToList();
        drafts.Select(PolicyDrafts.KindOf).Should().BeEquivalentTo(kinds.Select(kind => (ChatActKind?)kind));
        foreach (var draft in drafts)
            PolicyDrafts.Of(draft).Should().BeOfType(PolicyDrafts.TypeOf(PolicyDrafts.KindOf(draft)!.Value));
        new ChatAct(drafts[0], ChatActKind.Send).As<EditDraft>().Should().BeNull();
        new ChatAct(drafts[0], ChatActKind.Send).As<SendDraft>()!.Body.Should().Be("hello");

        Draft Of(EntryContent content) => new(Edit.Id, Room, Edit.SenderId, content);
    }

    // The server's own entries are not the act of a user.
    [Fact]
    public void Nobody_is_asked_about_erasures() =>
        PolicyDrafts.KindOf(new Draft(Edit.Id, Room, Edit.SenderId, EntryContent.ContentErased(4, null)))
            .Should().BeNull();

    private static void NoReplacement(Draft draft, EntryDraft replacement) =>
        FluentActions.Invoking(() => PolicyReplacement.In(draft, replacement))
            .Should().Throw<InvalidOperationException>(replacement.ToString());
}
