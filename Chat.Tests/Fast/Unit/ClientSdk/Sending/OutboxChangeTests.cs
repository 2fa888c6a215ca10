using Chat.ClientSdk;
using Chat.ClientSdk.Connection;
using Chat.ClientSdk.Sending;
using Chat.Contracts.Commands;
using Chat.Contracts.Entries;
using Chat.Contracts.Errors;
using Chat.Contracts.Identifiers;
using Chat.Tests.Fixtures;
using static Chat.Tests.Unit.ClientSdk.Sending.TestOutbox;

namespace Chat.Tests.Unit.ClientSdk.Sending;

/// <summary>Edits and deletions in the outbox: as messages, and in one order with them.</summary>
public sealed class OutboxChangeTests
{
    private readonly ScriptedServer _server = new();

    [Fact]
    public async Task Changes_keep_the_order_of_the_calls_with_messages()
    {
        await using var outbox = Create(_server);
        PendingMessage[] all =
        [
            outbox.Enqueue(Room, "one", null), outbox.Enqueue(Room, Edit(1, " two ")),
            outbox.Enqueue(Room, "three", null), outbox.Enqueue(Room, Deletion(1)), outbox.Enqueue(Room, "four", null),
        ];
        await outbox.FlushAsync(default).WaitAsync(Bounds.Wait);
        Assert.Equal(["one", "edit 1: two", "three", "delete 1", "four"], _server.Log(Room));
        Assert.Equal([1, 2, 3, 4, 5], all.Select(message => message.Receipt.Result.Sequence));
        Assert.Empty(outbox.Pending.All());
    }

    [Theory]
    [InlineData(Verdict.CutBefore, false)]
    [InlineData(Verdict.CutAfter, true)]
    public async Task A_change_in_doubt_is_sent_again_under_its_key_before_what_is_behind_it(Verdict cut, bool isStored)
    {
        _server.Script = (body, before) => body == "edit 1: two" && before == 0 ? cut : Verdict.Store;
        await using var outbox = Create(_server);
        outbox.Enqueue(Room, "one", null);
        var edit = outbox.Enqueue(Room, Edit(1, "two"));
        outbox.Enqueue(Room, "three", null);
        await outbox.FlushAsync(default).WaitAsync(Bounds.Wait);
        Assert.Equal(["one", "edit 1: two", "three"], _server.Log(Room));
        Assert.Equal(isStored, (await edit.Receipt).Duplicate);
    }

    [Theory]
    [InlineData(Verdict.Conflict, ChatErrorCode.Conflict)]
    [InlineData(Verdict.Gone, ChatErrorCode.Gone)]
    [InlineData(Verdict.Forbidden, ChatErrorCode.Forbidden)]
    [InlineData(Verdict.BadRequest, ChatErrorCode.BadRequest)]
    [InlineData(Verdict.UnknownCode, ChatErrorCode.Unknown)]
    public async Task A_change_that_is_refused_fails_alone_and_says_what_was_wanted(
        Verdict verdict, ChatErrorCode code)
    {
        _server.Script = (body, _) => body.StartsWith("edit", StringComparison.Ordinal) ? verdict : Verdict.Store;
        await using var outbox = Create(_server);
        outbox.Enqueue(Room, "one", null);
        var edit = outbox.Enqueue(Room, Edit(1, "two", ifVersion: 1));
        outbox.Enqueue(Room, "three", null);
        await outbox.FlushAsync(default).WaitAsync(Bounds.Wait);

        Assert.Equal(["one", "three"], _server.Log(Room));
        var failure = await Assert.ThrowsAnyAsync<ChatRefusedException>(() => edit.Receipt);
        Assert.Equal(code, failure.Code);
        if (code == ChatErrorCode.Conflict) Assert.Equal(17, Assert.IsType<ChatConflictException>(failure).Version);
        Assert.Equal([edit], outbox.Pending.All());
        Assert.Equal(("two", 1L), (Assert.IsType<MessageEdit>(edit.Change).Command.Body, edit.Change!.TargetSequence));
        Assert.Single(_server.Called, body => body.StartsWith("edit", StringComparison.Ordinal));

        _server.Script = (_, _) => Verdict.Store;
        edit.Retry();
        await edit.Receipt.WaitAsync(Bounds.Wait);
        Assert.Equal(["one", "three", "edit 1: two"], _server.Log(Room));
        Assert.Empty(outbox.Pending.All());
    }

    [Theory]
    [InlineData(Verdict.RateLimited)]
    [InlineData(Verdict.InternalError)]
    [InlineData(Verdict.TooFast)]
    public async Task What_passes_is_tried_again_and_what_is_behind_it_waits(Verdict verdict)
    {
        _server.Script = (body, before) => body == "delete 1" && before < 3 ? verdict : Verdict.Store;
        await using var outbox = Create(_server, new OutboxOptions { Window = 1 });
        outbox.Enqueue(Room, "one", null);
        outbox.Enqueue(Room, Deletion(1));
        outbox.Enqueue(Room, "two", null);
        await outbox.FlushAsync(default).WaitAsync(Bounds.Wait);
        Assert.Equal(["one", "delete 1", "two"], _server.Log(Room));
    }

    [Fact]
    public async Task What_the_rules_forbid_is_not_sent()
    {
        await using var outbox = Create(_server);
        MessageChange[] wrong = [Edit(0, "x"), Edit(1, " "), Edit(1, new string('x', 70_000)),
            Deletion(1, new string('r', 256)), Deletion(-1), Reactions(1, "no emoji"), Reactions(0, "👍")];
        foreach (var change in wrong)
        {
            Assert.Equal(ChatErrorCode.BadRequest,
                (await Assert.ThrowsAsync<ChatRefusedException>(() => outbox.SendAsync(Room, change, default))).Code);
            var failed = outbox.Enqueue(Room, change);
            Assert.Equal((PendingMessageState.Failed, ChatErrorCode.BadRequest),
                (failed.State, Assert.IsType<ChatRefusedException>(failed.Failure).Code));
            Assert.True(failed.Discard());
        }
        Assert.Empty(_server.Called);
    }

    [Fact]
    public async Task The_bound_in_bytes_counts_changes()
    {
        _server.GoOffline();
        await using var outbox =
            Create(_server, new OutboxOptions { Store = new MemoryOutboxStore(), CapacityBytes = 1_000 });
        await outbox.OpenAsync(default);
        outbox.Enqueue(Room, Edit(1, new string('x', 600)));
        Assert.Throws<ChatOutboxFullException>(() => outbox.Enqueue(Room, Edit(2, new string('x', 600))));
        outbox.Enqueue(Room, Deletion(3, "small"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_change_of_a_message_that_waits_goes_behind_it_whatever_becomes_of_its_answer(bool isLost)
    {
        _server.GoOffline();
        await using var outbox = Create(_server);
        var message = outbox.Enqueue(Room, "one", null);
        var edit = outbox.Enqueue(message, new MessageEdit { Command = new EditMessage { Body = "two" } });
        outbox.Enqueue(Room, "behind", null);
        outbox.Enqueue(message, new MessageDeletion { Command = new DeleteMessage() });
        Assert.Null(edit.Change!.TargetSequence);
        _server.Script = (body, before) =>
            isLost && before == 0 && body is "one" or "edit 1: two" ? Verdict.CutAfter : Verdict.Store;
        _server.GoOnline();
        await outbox.FlushAsync(default).WaitAsync(Bounds.Wait);
        Assert.Equal(["one", "edit 1: two", "behind", "delete 1"], _server.Log(Room));
        Assert.Equal(1, edit.Change!.TargetSequence);

        var late = outbox.Enqueue(message, new MessageEdit { Command = new EditMessage { Body = "late" } });
        await late.Receipt.WaitAsync(Bounds.Wait); // it has its place by now
        Assert.Equal("edit 1: late", _server.Log(Room)[^1]);
    }

    [Fact]
    public async Task A_change_fails_with_the_message_that_it_waits_for_and_is_tried_again_behind_it()
    {
        _server.GoOffline();
        _server.Script = (body, _) => body == "one" ? Verdict.Forbidden : Verdict.Store;
        await using var outbox = Create(_server);
        var message = outbox.Enqueue(Room, "one", null);
        var edit = outbox.Enqueue(message, new MessageEdit { Command = new EditMessage { Body = "two" } });
        outbox.Enqueue(Room, "goes on", null);
        _server.GoOnline();
        await outbox.FlushAsync(default).WaitAsync(Bounds.Wait);
        Assert.Equal(["goes on"], _server.Log(Room));
        Assert.Same(message.Failure, edit.Failure);
        Assert.Throws<InvalidOperationException>(edit.Retry); // its message first
        Assert.Throws<InvalidOperationException>(
            () => outbox.Enqueue(message, new MessageEdit { Command = new EditMessage { Body = "x" } }));
        Assert.Throws<ArgumentException>(
            () => outbox.Enqueue(edit, new MessageEdit { Command = new EditMessage { Body = "x" } }));

        _server.Script = (_, _) => Verdict.Store;
        message.Retry();
        edit.Retry();
        await outbox.FlushAsync(default).WaitAsync(Bounds.Wait);
        Assert.Equal(["goes on", "one", "edit 2: two"], _server.Log(Room));
    }

    [Fact]
    public async Task With_a_message_that_is_discarded_go_the_changes_of_it()
    {
        _server.GoOffline();
        await using var outbox = Create(_server);
        var message = outbox.Enqueue(Room, "one", null);
        var edit = outbox.Enqueue(message, new MessageEdit { Command = new EditMessage { Body = "two" } });
        outbox.Enqueue(Room, "stays", null);
        Assert.True(message.Discard());
        _server.GoOnline();
        await outbox.FlushAsync(default).WaitAsync(Bounds.Wait);
        Assert.True(edit.Receipt.IsCanceled);
        Assert.Equal(["stays"], _server.Called);
    }

    [Fact]
    public async Task The_newest_reactions_to_a_message_replace_those_that_wait_and_are_set_again_when_in_doubt()
    {
        _server.GoOffline();
        _server.Script = (body, before) => body == "react 1: 🎉" && before == 0 ? Verdict.CutAfter : Verdict.Store;
        await using var outbox = Create(_server);
        var awaited = outbox.SetReactionsAsync(Room, Reactions(1, "👀"), default);
        var older = outbox.Enqueue(Room, Reactions(1, "👍"));
        outbox.Enqueue(Room, Reactions(2, "👍"));
        outbox.Enqueue(Room, "message", null);
        var newest = outbox.Enqueue(Room, Reactions(1, "🎉", "🎉"));
        Assert.True(older.Receipt.IsCanceled);
        _server.GoOnline();
        await outbox.FlushAsync(default).WaitAsync(Bounds.Wait);
        Assert.Equal(["react 1: 👀", "react 2: 👍", "message", "react 1: 🎉"], _server.Log(Room));
        Assert.Equal(["👀"], (await awaited).Keys);
        Assert.Equal(["🎉"], newest.ReactionReceipt!.Keys);
        Assert.True(newest.ReactionReceipt.Duplicate);

        _server.Script = (_, _) => Verdict.Forbidden;
        var refused = outbox.Enqueue(Room, Reactions(1));
        await Assert.ThrowsAsync<ChatRefusedException>(() => refused.Receipt.WaitAsync(Bounds.Wait));
        Assert.Equal([refused], outbox.Pending.All());
        _server.Script = (_, _) => Verdict.Store;
        await outbox.Enqueue(Room, Reactions(1, "👍")).Receipt.WaitAsync(Bounds.Wait);
        Assert.Empty(outbox.Pending.All());
    }

    [Fact]
    public async Task Stored_reactions_are_shown_until_an_entry_tells_them()
    {
        await using var outbox = Create(_server);
        using var shown = ((IPendingMessages)outbox.Pending).Open(Room, () => { });
        await outbox.SetReactionsAsync(Room, Reactions(1, "👍"), default).WaitAsync(Bounds.Wait);
        Assert.Equal(["👍"], ((MessageReactions)Assert.Single(shown.After(9, _ => false)).Change!).Keys);
        Assert.Empty(shown.After(9, _ => true));
        Assert.Empty(shown.After(9, _ => false));
    }

    [Fact]
    public async Task When_a_deletion_is_seen_nothing_is_left_of_edits_of_that_message()
    {
        var store = new MemoryOutboxStore();
        _server.GoOffline();
        await using (var outbox = Create(_server, new OutboxOptions { Store = store }))
        {
            var waits = outbox.Enqueue(Room, Edit(7, "secret"));
            var refused = outbox.Enqueue(Room, Edit(7, ""));
            var reactions = outbox.Enqueue(Room, Reactions(7, "👍"));
            outbox.Enqueue(Room, Edit(8, "stays"));
            outbox.Enqueue(Other, Edit(7, "stays"));
            await waits.Accepted.WaitAsync(Bounds.Wait);
            _server.Push(DeletionOf(7));
            Assert.Equal(ChatErrorCode.Gone,
                (await Assert.ThrowsAsync<ChatRefusedException>(() => waits.Receipt)).Code);
            Assert.DoesNotContain(refused, outbox.Pending.All());
            Assert.DoesNotContain(reactions, outbox.Pending.All());
            Assert.Equal(["stays", "stays"], Texts(outbox));
        }
        await using var next = Create(_server, new OutboxOptions { Store = store });
        await next.OpenAsync(default).WaitAsync(Bounds.Wait);
        Assert.Equal(["stays", "stays"], Texts(next));
    }

    // CH-264
    [Fact]
    public async Task An_edit_that_was_stored_is_acknowledged_although_the_deletion_came_before_the_answer()
    {
        var store = new MemoryOutboxStore();
        _server.Script = (_, _) => Verdict.StoreAndHold;
        var outbox = Create(_server, new OutboxOptions { Store = store });
        var edit = outbox.Enqueue(Room, Edit(7, "secret"));
        var awaited = outbox.SendAsync(Room, Edit(7, "secret too"), default);
        await _server.Calls.AtLeastAsync(2);
        _server.Push(DeletionOf(7));
        Assert.Empty(outbox.Pending.All());
        Assert.DoesNotContain("secret", ((MessageEdit)edit.Change!).Command.Body, StringComparison.Ordinal);
        Assert.False(edit.Discard());
        var flushed = outbox.FlushAsync(default);
        Assert.False(flushed.IsCompleted);
        _server.Script = (_, _) => Verdict.Store;
        _server.Cut(); // the answers are lost: both are asked for again, without their texts
        await flushed.WaitAsync(Bounds.Wait);
        Assert.Equal(["edit 7: secret", "edit 7: secret too"], _server.Log(Room));
        Assert.Equal(["edit 7: secret", "edit 7: secret too", "edit 7: -", "edit 7: -"], _server.Called);
        Assert.Equal([(1, true), (2, true)],
            new[] { await edit.Receipt, await awaited }.Select(one => ((int)one.Sequence, one.Duplicate)));
        Assert.Equal(PendingMessageState.Sent, edit.State);
        await outbox.DisposeAsync();
        await using var next = Create(_server, new OutboxOptions { Store = store });
        await next.OpenAsync(default).WaitAsync(Bounds.Wait);
        Assert.Empty(next.Pending.All());
    }

    // CH-264
    [Fact]
    public async Task An_edit_whose_call_was_lost_is_refused_by_the_server_after_the_deletion()
    {
        _server.Script = (body, _) =>
        {
            if (body == "edit 7: secret") _server.Push(DeletionOf(7));
            return body == "edit 7: secret" ? Verdict.CutBefore : Verdict.Gone;
        };
        await using var outbox = Create(_server);
        var edit = outbox.Enqueue(Room, Edit(7, "secret"));
        var refused = await Assert.ThrowsAsync<ChatRefusedException>(() => edit.Receipt.WaitAsync(Bounds.Wait));
        Assert.Equal(ChatErrorCode.Gone, refused.Code);
        Assert.Equal(["edit 7: secret", "edit 7: -"], _server.Called);
        Assert.Empty(outbox.Pending.All());
        Assert.Throws<InvalidOperationException>(edit.Retry);
        await outbox.FlushAsync(default).WaitAsync(Bounds.Wait);
    }

    private static Push.Entry DeletionOf(long target) => new(new MessageDeletedEntry
    {
        Id = MessageId.New(Drafts.Noon), ConversationId = Room, Sequence = 9,
        SenderId = UserId.Parse("moderator"), CreatedAt = Drafts.Noon, TargetSequence = target,
    });

    private static IEnumerable<string?> Texts(Outbox outbox) =>
        outbox.Pending.All().Select(message => (message.Change as MessageEdit)?.Command.Body);

    private static MessageEdit Edit(long target, string body, long? ifVersion = null) =>
        new() { TargetSequence = target, Command = new EditMessage { Body = body, IfVersion = ifVersion } };

    private static MessageReactions Reactions(long target, params string[] keys) =>
        new() { TargetSequence = target, Keys = keys };

    private static MessageDeletion Deletion(long target, string? reason = null) =>
        new() { TargetSequence = target, Command = new DeleteMessage { Reason = reason } };
}
