using Chat.ClientSdk.Views;
using Chat.Contracts.Entries;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;
using Chat.Tests.Fixtures;

namespace Chat.Tests.Unit.ClientSdk.Views;

public sealed class ConversationStateTests
{
    private static readonly ConversationId Room = ConversationId.New(Drafts.Noon);

    [Fact]
    public void In_whatever_order_pages_come_and_however_often_the_state_is_the_same()
    {
        for (var seed = 1; seed <= 500; seed++)
        {
            var random = new Random(seed);
            var log = new RandomEntries(random, Room).Log(random.Next(1, 80));
            var expected = Describe(log.Aggregate(ConversationState.Empty, (state, entry) => state.Apply(entry)));

            var pages = log.Chunk(random.Next(1, 20)).ToList();
            pages.AddRange(random.GetItems(pages.ToArray(), 2)); // some come twice
            random.Shuffle(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(pages));
            var paged = ConversationState.Empty;
            foreach (var page in pages)
            {
                if (random.Next(2) == 0) random.Shuffle(page);
                paged = paged.Apply(page);
            }

            Assert.True(expected == Describe(paged), $"seed {seed}\nin order: {expected}\nin pages: {Describe(paged)}");
        }
    }

    // CH-264
    [Fact]
    public void Erased_content_is_in_no_state_whatever_comes_first()
    {
        ConversationEntry[] log =
        [
            At(1, "ann", Drafts.Message(Room, "secret")), At(2, "bob", Drafts.Message(Room, "of bob")),
            At(3, "ann", Drafts.Edited(Room, 1, "secret too")), At(4, "ann", Drafts.Message(Room, "secret again")),
            At(5, "system", new ContentErasedEntry
            {
                UserId = UserId.Parse("ann"), Id = default, ConversationId = Room, Sequence = 0, SenderId = default,
                CreatedAt = default,
            }),
            At(6, "ann", Drafts.Message(Room, "later")),
        ];

        foreach (var state in new[]
        {
            ConversationState.Empty.Apply(log),
            ConversationState.Empty.Apply([.. log.Reverse()]),
            log.Reverse().Aggregate(ConversationState.Empty, (state, entry) => state.Apply(entry)),
            ConversationState.Empty.Apply(log[2]).Apply(log[4]).TrimTo(1).Apply(log),
        })
        {
            Assert.Equal([null, "of bob", null, "later"], state.Messages.Select(message => message.Body));
            Assert.Equal([true, false, true, false], state.Messages.Select(message => message.IsDeleted));
            Assert.DoesNotContain(state.Messages, message => message.Entry.Body?.StartsWith("secret") == true);
        }
    }

    [Fact]
    public void Trimmed_entries_that_are_loaded_again_are_as_before()
    {
        for (var seed = 1; seed <= 200; seed++)
        {
            var random = new Random(seed);
            var log = new RandomEntries(random, Room).Log(random.Next(10, 80));
            var whole = ConversationState.Empty.Apply(log);
            if (whole.Messages.Count < 2) continue;

            var trimmed = whole.TrimTo(random.Next(1, whole.Messages.Count));
            var again = trimmed.Apply([.. log.Where(entry => entry.Sequence < trimmed.First)]);

            Assert.Equal(Describe(whole), Describe(again));
        }
    }

    [Fact]
    public void Edits_deletions_and_reactions_are_folded_into_their_messages()
    {
        var state = ConversationState.Empty.Apply(
        [
            At(1, "ann", Drafts.Message(Room, "helo")),
            At(2, "bob", Drafts.Message(Room, "rude")),
            At(3, "ann",
                new MessageEditedEntry
                {
                    TargetSequence = 1, Body = "hello", Id = default, ConversationId = Room, Sequence = 0,
                    SenderId = default, CreatedAt = default
                }),
            At(4, "bob",
                new MessageDeletedEntry
                {
                    TargetSequence = 2, Id = default, ConversationId = Room, Sequence = 0, SenderId = default,
                    CreatedAt = default
                }),
            At(8, "cyd", React(1, new ReactionCount("👍", 1), new ReactionCount("❤", 1))),
            At(7, "cyd", React(1, new ReactionCount("👍", 2))),
            At(9, "cyd", React(2, new ReactionCount("👍", 1))),
        ]);

        Assert.Equal(2, state.Messages.Count);
        var (hello, rude) = (state.Messages[0], state.Messages[1]);
        Assert.Equal(("hello", Drafts.Noon.AddSeconds(3), "helo"), (hello.Body, hello.EditedAt, hello.Entry.Body));
        Assert.Equal([new ReactionCount("👍", 1), new ReactionCount("❤", 1)], hello.Reactions);
        Assert.Empty(rude.Reactions);
        Assert.Equal((3, 4), (hello.Version, rude.Version));
        Assert.True(rude.IsDeleted);
        Assert.Null(rude.Body);
        Assert.Null(rude.Entry.Body); // nothing of it is kept
    }

    // CH-220, CH-221: whatever comes first
    [Fact]
    public void A_deletion_counts_more_than_any_edit_and_an_edit_replaces_text_and_attachment()
    {
        ConversationEntry[] log =
        [
            At(1, "ann", Drafts.Message(Room, "one") with { AttachmentUrl = "https://example.org/a" }),
            At(2, "ann", Edit(1, "two")),
            At(3, "ann", Edit(1, null) with { AttachmentUrl = "https://example.org/b" }),
            At(4, "ann", new MessageDeletedEntry
            {
                TargetSequence = 1, Id = default, ConversationId = Room, Sequence = 0, SenderId = default,
                CreatedAt = default,
            }),
        ];
        foreach (var order in new int[][] { [0, 1, 2], [2, 1, 0], [1, 0, 2], [2, 0, 1] })
        {
            var state = ConversationState.Empty;
            foreach (var at in order) state = state.Apply(log[at]);
            var message = Assert.Single(state.Messages);
            Assert.Equal((null, "https://example.org/b", 3L, false),
                (message.Body, message.AttachmentUrl, message.Version, message.IsDeleted));
            state = state.Apply(log[3]);
            message = Assert.Single(state.Messages);
            Assert.Equal((null, null, 4L, true),
                (message.Body, message.AttachmentUrl, message.Version, message.IsDeleted));
        }
        var late = Assert.Single(ConversationState.Empty.Apply(log[3]).Apply(log[2]).Apply(log[0]).Messages);
        Assert.Equal((null, null, true), (late.Entry.Body, late.AttachmentUrl, late.IsDeleted));
    }

    private static MessageEditedEntry Edit(long target, string? body) => new()
    {
        TargetSequence = target, Body = body, Id = default, ConversationId = Room, Sequence = 0, SenderId = default,
        CreatedAt = default,
    };

    [Fact]
    public void Participants_and_title_follow_the_newest_entries()
    {
        var created = Drafts.Created("ann", "bob") with { ConversationId = Room, Title = "old" };
        var state = ConversationState.Empty
            .Apply(At(4, "ann",
                new ConversationChangedEntry
                {
                    Title = "new", Id = default, ConversationId = Room, Sequence = 0, SenderId = default,
                    CreatedAt = default
                }))
            .Apply(At(3, "ann", Drafts.Removed(Room, "bob")))
            .Apply(At(2, "ann", Drafts.Added(Room, "cyd")))
            .Apply(At(1, "ann", created));

        Assert.Equal("new", state.Title);
        Assert.Equal(["ann", "cyd"], state.Members.Select(user => user.Value));
        Assert.False(state.TakesPart(UserId.Parse("bob")));
        Assert.Null(state.TakesPart(UserId.Parse("eve")));
    }

    internal static string Describe(ConversationState state) =>
        $"{state.First}-{state.Last} {state.Title} [{string.Join(",", state.Members)}] "
            + $"{string.Join("\n", state.Messages.Select(Describe))} and {state.Unloaded.Count} more";

    private static string Describe(ViewMessage message) =>
        $"{message.Sequence} {message.SenderId} {message.Body} {message.EditedAt} {message.IsDeleted} "
            + $"{string.Join(" ", message.Reactions.Select(reaction => $"{reaction.Key}{reaction.Count}"))}";

    private static ReactionsChangedEntry React(long target, params ReactionCount[] counts) =>
        new()
        {
            TargetSequence = target, Counts = counts, Id = default, ConversationId = Room, Sequence = 0,
            SenderId = default, CreatedAt = default
        };

    private static ConversationEntry At(long sequence, string sender, ConversationEntry draft) =>
        draft with
        {
            Sequence = sequence, SenderId = UserId.Parse(sender), CreatedAt = Drafts.Noon.AddSeconds(sequence)
        };
}
