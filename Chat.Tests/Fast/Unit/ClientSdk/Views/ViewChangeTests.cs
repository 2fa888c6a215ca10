using Chat.ClientSdk;
using Chat.ClientSdk.Sending;
using Chat.ClientSdk.Views;
using Chat.Contracts.Commands;
using Chat.Contracts.Entries;
using Chat.Contracts.Errors;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;
using Chat.Tests.Fixtures;
using Chat.Tests.Unit.ClientSdk.Reading;

namespace Chat.Tests.Unit.ClientSdk.Views;

/// <summary>Changes that are not stored yet, in a view: a layer over the fold.</summary>
public sealed class ViewChangeTests : ViewScene
{
    private readonly PendingScript _outbox = new();

    public ViewChangeTests() => _client.PendingMessages = _outbox;

    [Fact]
    public async Task An_edit_is_shown_at_once_until_its_entry_says_the_same()
    {
        _link.Store(Drafts.Message(Room, "one", sender: "me"));
        await using var view = await OpenAsync(new());
        var screen = new Screen(view);
        _outbox.Set(Edit(1, " two "));
        Assert.Equal(("two", true, 1L, "one"), (Only(view).Body, Only(view).EditedAt is not null, Only(view).Version,
            view.State.Conversation.Messages[0].Body));
        Assert.Empty(view.State.Pending);
        Assert.Equal("k", Assert.Single(Only(view).PendingChanges).DedupeKey);
        await SettleAsync(view);
        Assert.Equal("two", Assert.Single(screen.Messages).Body);

        _link.Append(EditEntry(1, "two"));
        await UntilAsync(() => view.State.Conversation.Last == 2);
        Assert.Equal(("two", 2L), (Only(view).Body, Only(view).Version)); // the outbox has not heard of it
        _outbox.Set();
        Assert.Equal(("two", 2L, 0), (Only(view).Body, Only(view).Version, Only(view).PendingChanges.Count));
        Assert.Same(view.State.Conversation.Messages[0], Only(view));
        await SettleAsync(view);
        Assert.Same(Only(view), Assert.Single(screen.Messages));
    }

    [Fact]
    public async Task A_deletion_is_shown_at_once_and_both_are_taken_back_when_they_are_refused()
    {
        _link.Store(Drafts.Message(Room, "one", sender: "me"));
        _link.Store(Drafts.Message(Room, "two", sender: "me"));
        await using var view = await OpenAsync(new());
        _outbox.Set(Edit(1, "edited"), Deletion(1), Deletion(2));
        Assert.All(view.State.Messages, message => Assert.Equal((true, null), (message.IsDeleted, message.Body)));

        var refusal = ServerScript.Refusal(ChatErrorCode.Forbidden);
        _outbox.Set(Edit(1, "edited") with { Failure = refusal }, Deletion(1) with { Failure = refusal }, Deletion(2));
        Assert.Equal(["one", null], view.State.Messages.Select(message => message.Body));
        Assert.Equal([refusal, refusal],
            view.State.Messages[0].PendingChanges.Select(change => change.Failure));
        Assert.Equal(3, view.State.PendingChanges.Count);
        _outbox.Set();
        Assert.Equal(["one", "two"], view.State.Messages.Select(message => message.Body));
    }

    [Fact]
    public async Task Nothing_that_waits_brings_back_what_is_deleted()
    {
        _link.Store(Drafts.Message(Room, "one", sender: "me"));
        await using var view = await OpenAsync(new());
        _outbox.Set(Edit(1, "two"));
        _link.Append(DeletionEntry(1));
        await UntilAsync(() => view.State.Conversation.Last == 2);
        Assert.Equal((true, null), (Only(view).IsDeleted, Only(view).Body));
    }

    [Fact]
    public async Task A_change_of_a_message_that_waits_is_shown_in_it_before_and_after_its_entry()
    {
        await using var view = await OpenAsync(new());
        var message = new OptimisticMessage(Room, "m", "one", null, Drafts.Noon);
        var edit = Edit(null, "two") with { Change = EditOf(null, "two") with { TargetKey = "m" } };
        _outbox.Set(message, edit);
        Assert.Equal("two", Assert.Single(view.State.Pending).Body);
        Assert.Empty(view.State.Messages);

        _link.Append(Drafts.Message(Room, "one", sender: "ann", dedupeKey: "m")); // somebody else's key
        _link.Append(Drafts.Message(Room, "one", sender: "me", dedupeKey: "m"));
        await UntilAsync(() => view.State.Messages.Count == 2);
        Assert.Empty(view.State.Pending); // its receipt has not come
        Assert.Equal(["one", "two"], view.State.Messages.Select(one => one.Body));
        _outbox.Set(Edit(2, "two"));
        Assert.Equal(["one", "two"], view.State.Messages.Select(one => one.Body));

        _outbox.Set(message with { DedupeKey = "n" },
            Deletion(1) with { Change = new MessageDeletion { TargetKey = "n", Command = new() } });
        Assert.Empty(view.State.Pending);
    }

    [Fact]
    public async Task Reactions_are_shown_over_the_counts_and_are_never_counted_twice()
    {
        _link.Store(Drafts.Message(Room, "one", sender: "ann"));
        _link.Store(Told(1, [new("👍", 3)], new ReactionChange(Me, ["👍"])));
        await using var view = await OpenAsync(new());
        Assert.Equal(["👍"], view.State.OwnReactions[1]); // of what was loaded
        _outbox.Set(Reactions(1, "👍", "🎉"));
        Assert.Equal([new("👍", 3), new("🎉", 1)], Only(view).Reactions);
        Assert.Equal(["👍", "🎉"], view.State.OwnReactions[1]);

        _link.Append(Told(1, [new("👍", 3), new("🎉", 1)], new ReactionChange(Me, ["👍", "🎉"])));
        await UntilAsync(() => view.State.Conversation.Last == 3);
        Assert.Equal([new("👍", 3), new("🎉", 1)], Only(view).Reactions); // the outbox has not heard of it
        _outbox.Set(Reactions(1));
        Assert.Equal([new("👍", 2)], Only(view).Reactions);
        Assert.Empty(view.State.OwnReactions[1]);
        _outbox.Set(Reactions(1) with { Failure = ServerScript.Refusal(ChatErrorCode.Forbidden) });
        Assert.Equal([new("👍", 3), new("🎉", 1)], Only(view).Reactions);
        Assert.Equal(["👍", "🎉"], view.State.OwnReactions[1]);
    }

    [Fact]
    public async Task Stored_reactions_of_a_storm_stay_until_an_entry_made_after_them_tells_them()
    {
        _link.Store(Drafts.Message(Room, "one", sender: "ann"));
        await using var view = await OpenAsync(new());
        var stored = Reactions(1, "👍") with
        {
            Stored = new ReactionReceipt(["👍"], null, Drafts.Noon.AddMilliseconds(2), false),
        };
        _outbox.Set(stored);
        _link.Append(Told(1, [new("👍", 7)])); // a millisecond after noon, the next one after two
        await UntilAsync(() => view.State.Conversation.Last == 2);
        Assert.False(view.State.Conversation.HasTold(stored));
        Assert.Equal([new("👍", 8)], Only(view).Reactions);
        _link.Append(Told(1, [new("👍", 9)]));
        await UntilAsync(() => view.State.Conversation.Last == 3);
        Assert.True(view.State.Conversation.HasTold(stored));
        _outbox.Set();
        Assert.Equal([new("👍", 9)], Only(view).Reactions);
        Assert.True(view.State.Conversation.HasTold(
            stored with { Stored = stored.Stored! with { Duplicate = true } })); // no entry comes
    }

    [Fact]
    public async Task Of_two_stored_sets_that_an_entry_tells_without_a_name_the_newest_is_the_users()
    {
        _link.Store(Drafts.Message(Room, "one", sender: "ann"));
        await using var view = await OpenAsync(new());
        _outbox.Set(Stored("👍", 1), Stored("🎉", 2));
        Assert.Equal(["🎉"], view.State.OwnReactions[1]);
        for (var later = 0; later < 3; later++) _link.Append(Told(1, [new("🎉", 7)])); // made after both
        await UntilAsync(() => view.State.Conversation.Last == 4);
        Assert.Equal(["🎉"], view.State.OwnReactions[1]);
        Assert.Equal([new("🎉", 7)], Only(view).Reactions);

        OptimisticMessage Stored(string key, int microseconds) => Reactions(1, key) with
        {
            Stored = new ReactionReceipt([key], null, Drafts.Noon.AddMicroseconds(microseconds), false),
        };
    }

    [Fact]
    public async Task What_does_not_change_is_the_same_object()
    {
        for (var i = 0; i < 4; i++) _link.Store(Drafts.Message(Room, $"{i}", sender: "me"));
        await using var view = await OpenAsync(new());
        _outbox.Set(Edit(2, "two"));
        var before = view.State.Messages;
        _outbox.Set(Edit(2, "two"), Edit(9, "not there"));
        Assert.Same(before, view.State.Messages);
        _link.Append(Drafts.Message(Room, "new"));
        await UntilAsync(() => view.State.Messages.Count == 5);
        Assert.Equal(before, view.State.Messages.Take(4));
    }

    /// <summary>Whatever comes in whatever order: what is shown is the fold of the entries, and then of the
    /// changes.</summary>
    [Fact]
    public void The_layer_is_the_fold_of_the_entries_and_then_of_the_changes()
    {
        for (var seed = 1; seed <= 300; seed++)
        {
            var random = new Random(seed);
            var log = new RandomEntries(random, Room).Log(random.Next(1, 30));
            var conversation = ConversationState.Empty.Apply(log);
            List<OptimisticMessage> changes = [.. Enumerable.Range(0, random.Next(6)).Select(i =>
            {
                var target = random.NextInt64(1, log.Count + 1);
                var change = random.Next(3) == 0 ? Deletion(target) : Edit(target, $"pending {i}");
                return random.Next(4) == 0 ? change with { Failure = new IOException() } : change;
            })];
            var shown = PendingLayer.Over(conversation.Loaded, changes, [], Me, _ => []);
            Assert.Equal(conversation.Loaded.Length, shown.Length);
            foreach (var (stored, message) in conversation.Loaded.Zip(shown))
            {
                var expected = stored.Current;
                foreach (var one in changes.Where(one => one.Failure is null
                    && one.Change!.TargetSequence == stored.Sequence))
                    expected = expected.Erased || stored.IsDeleted ? expected
                        : one.Change is MessageEdit edit
                            ? MessageFold.Of(expected, EditEntry(stored.Sequence, edit.Command.Body!))
                            : MessageFold.Of(expected, DeletionEntry(stored.Sequence));
                Assert.Equal((expected.Body, stored.IsDeleted || expected.Erased), (message.Body, message.IsDeleted));
                if (!message.IsDeleted) Assert.Equal(stored.Reactions, message.Reactions);
            }
        }
    }

    private static ViewMessage Only(ConversationView view) => Assert.Single(view.State.Messages);

    private static MessageEdit EditOf(long? target, string body) =>
        new() { TargetSequence = target, Command = new EditMessage { Body = body } };

    private static OptimisticMessage Edit(long? target, string body) =>
        new(Room, "k", null, null, Drafts.Noon) { Change = EditOf(target, body) };

    private static OptimisticMessage Deletion(long target) => new(Room, "d", null, null, Drafts.Noon)
    {
        Change = new MessageDeletion { TargetSequence = target, Command = new DeleteMessage() },
    };

    private static OptimisticMessage Reactions(long target, params string[] keys) =>
        new(Room, "r", null, null, Drafts.Noon)
        {
            Change = new MessageReactions { TargetSequence = target, Keys = keys },
        };

    private static ReactionsChangedEntry Told(
        long target, IReadOnlyList<ReactionCount> counts, params ReactionChange[] changes) => new()
    {
        Id = MessageId.New(Drafts.Noon), ConversationId = Room, Sequence = 0, SenderId = Me, CreatedAt = Drafts.Noon,
        TargetSequence = target, Counts = counts, Changes = changes.Length == 0 ? null : changes,
    };

    private static MessageEditedEntry EditEntry(long target, string body) => new()
    {
        Id = MessageId.New(Drafts.Noon), ConversationId = Room, Sequence = 0, SenderId = Me, CreatedAt = Drafts.Noon,
        TargetSequence = target, Body = body,
    };

    private static MessageDeletedEntry DeletionEntry(long target) => new()
    {
        Id = MessageId.New(Drafts.Noon), ConversationId = Room, Sequence = 0, SenderId = Me, CreatedAt = Drafts.Noon,
        TargetSequence = target,
    };
}
