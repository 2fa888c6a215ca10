using Chat.ClientSdk;
using Chat.Contracts.Commands;
using Chat.Contracts.Entries;
using Chat.Contracts.Errors;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Json;

namespace Chat.Tests.Specs;

/// <content>Edits and deletions of messages.</content>
public abstract partial class ChatServerSpec
{
    // CH-221
    [Fact]
    public async Task An_edit_replaces_what_the_message_said_and_everybody_sees_it_as_an_entry()
    {
        var (ann, ben, id) = await GroupAsync();
        await ann.Hub.Send(id, "helo", new() { AttachmentUrl = "https://example.org/a" }); // 2
        await ben.Hub.Join(id);

        var receipt = await ann.Hub.EditMessage(id, 2, new() { Body = " hello " });

        Assert.Equal((3, false), (receipt.Sequence, receipt.Duplicate));
        var edit = Assert.IsType<MessageEditedEntry>(await ben.Pushes.NextAsync());
        Assert.Equal((3, Ann, 2, "hello", null, false),
            (edit.Sequence, edit.SenderId, edit.TargetSequence, edit.Body, edit.AttachmentUrl, edit.Erased));
        Assert.Equal(receipt.Id, edit.Id);
        await ann.Hub.EditMessage(id, 2, new()
        {
            AttachmentUrl = "https://example.org/b", AttachmentMeta = new RawJson("[1.0]"), IfVersion = 3,
        });
        var message = await ben.Hub.Message(id, 2);
        Assert.Equal((2, 4), (message.Entries.Count, message.Head));
        Assert.Equal("helo", Assert.IsType<MessageEntry>(message.Entries[0]).Body);
        var newest = Assert.IsType<MessageEditedEntry>(message.Entries[1]);
        Assert.Equal((null, "https://example.org/b", new RawJson("[1.0]")),
            (newest.Body, newest.AttachmentUrl, newest.AttachmentMeta));
        Assert.Equal([2, 3, 4], (await ben.Hub.Versions(id, 2)).Entries.Select(entry => entry.Sequence));
        Assert.Equal([4], (await ben.Hub.Versions(id, 2, after: 3)).Entries.Select(entry => entry.Sequence));
    }

    // CH-222
    [Fact]
    public async Task An_edit_of_another_version_is_refused_with_the_present_one()
    {
        var (ann, _, id) = await GroupAsync();
        await ann.Hub.Send(id, "one");
        await ann.Hub.EditMessage(id, 2, new() { Body = "two", IfVersion = 2 });

        var conflict = await Assert.ThrowsAsync<ChatConflictException>(
            () => ann.Hub.EditMessage(id, 2, new() { Body = "three", IfVersion = 2 }));

        Assert.Equal((ChatErrorCode.Conflict, 3L, "the message was edited meanwhile; it has version 3"),
            (conflict.Code, conflict.Version, conflict.Error.Message));
        Assert.Equal(3, (await ann.Hub.History(id)).Head);
    }

    // CH-223, CH-226
    [Fact]
    public async Task A_deletion_takes_the_content_of_the_message_and_its_edits_out_of_the_log_for_ever()
    {
        var (ann, ben, id) = await GroupAsync();
        await ann.Hub.Send(id, "secret", new() { AttachmentUrl = "https://example.org/a" });
        await ann.Hub.EditMessage(id, 2, new() { Body = "secret too" });
        await ben.Hub.Join(id);

        var receipt = await ann.Hub.DeleteMessage(id, 2, new() { Reason = " mine " });

        Assert.Equal((4, false), (receipt.Sequence, receipt.Duplicate));
        var deleted = Assert.IsType<MessageDeletedEntry>(await ben.Pushes.NextAsync());
        Assert.Equal((4, Ann, 2, "mine"),
            (deleted.Sequence, deleted.SenderId, deleted.TargetSequence, deleted.Reason));
        var log = (await ben.Hub.History(id)).Entries;
        var message = Assert.IsType<MessageEntry>(log[1]);
        Assert.Equal((null, null, null, true),
            (message.Body, message.AttachmentUrl, message.AttachmentMeta, message.Erased));
        var edit = Assert.IsType<MessageEditedEntry>(log[2]);
        Assert.Equal((null, true), (edit.Body, edit.Erased));
        await ben.Hub.Join(id, afterSequence: 1);
        Assert.True(Assert.IsType<MessageEntry>(await ben.Pushes.NextAsync()).Erased);
        Assert.Equal(receipt with { Duplicate = true }, await ann.Hub.DeleteMessage(id, 2));
        await RefusedAsync(ChatErrorCode.Gone, "this message was deleted",
            () => ann.Hub.EditMessage(id, 2, new() { Body = "back" }));
        Assert.Equal([2, 4], (await ben.Hub.Message(id, 2)).Entries.Select(entry => entry.Sequence));
    }

    // CH-221, CH-223
    [Fact]
    public async Task Authors_edit_and_delete_their_messages_and_moderators_delete_those_of_others()
    {
        var (ann, ben, id) = await GroupAsync(Cem);
        var cem = await ConnectAsync(Cem);
        await ben.Hub.Send(id, "ben's"); // 2
        await ann.Hub.Send(id, "ann's"); // 3
        await RefusedAsync(ChatErrorCode.Forbidden, "a message can be edited by its author only",
            () => ann.Hub.EditMessage(id, 2, new() { Body = "mine" }));
        const string delete = "only its author, an owner or a moderator may delete a message";
        await RefusedAsync(ChatErrorCode.Forbidden, delete, () => cem.Hub.DeleteMessage(id, 2));
        await RefusedAsync(ChatErrorCode.Forbidden, delete, () => ben.Hub.DeleteMessage(id, 3));
        await ann.Hub.DeleteMessage(id, 2); // she owns the group
        await ann.Hub.SetRole(id, Give(Cem, ParticipantRole.Moderator));
        await cem.Hub.DeleteMessage(id, 3);
        await ben.Hub.Send(id, "his last");
        var last = (await ben.Hub.History(id)).Head;
        await ann.Hub.SetRole(id, Give(Ben, ParticipantRole.Readonly));
        await RefusedAsync(ChatErrorCode.ReadOnly, "you may only read this conversation",
            () => ben.Hub.EditMessage(id, last, new() { Body = "no" }));
        await RefusedAsync(ChatErrorCode.ReadOnly, "you may only read this conversation",
            () => ben.Hub.DeleteMessage(id, last));
        var stranger = await ConnectAsync(UserId.Parse("dan"));
        await RefusedAsync(ChatErrorCode.Forbidden, NotYours, () => stranger.Hub.DeleteMessage(id, 2));
        await RefusedAsync(ChatErrorCode.Forbidden, NotYours,
            () => stranger.Hub.EditMessage(id, 2, new() { Body = "x" }));
        await RefusedAsync(ChatErrorCode.Forbidden, NotYours, () => stranger.Hub.Message(id, 2));
        await RefusedAsync(ChatErrorCode.Forbidden, NotYours, () => stranger.Hub.Versions(id, 2));
    }

    // CH-224, CH-225
    [Fact]
    public async Task Changes_are_stored_once_and_a_key_belongs_to_one_of_them()
    {
        var (ann, _, id) = await GroupAsync();
        await ann.Hub.Send(id, "one", new() { DedupeKey = "sent" });
        await ann.Hub.Send(id, "other");
        var edit = await ann.Hub.EditMessage(id, 2, new() { Body = "two", DedupeKey = "edit" });
        Assert.Equal(edit with { Duplicate = true },
            await ann.Hub.EditMessage(id, 2, new() { Body = "three", DedupeKey = "edit" }));
        Assert.Equal(edit with { Duplicate = true },
            await ann.Hub.EditMessage(id, 2, new() { Body = "two", IfVersion = 2 }));
        const string taken = "dedupeKey was used for another message, edit or deletion: each needs its own";
        await RefusedAsync(ChatErrorCode.BadRequest, taken,
            () => ann.Hub.EditMessage(id, 3, new() { Body = "x", DedupeKey = "edit" }));
        await RefusedAsync(ChatErrorCode.BadRequest, taken,
            () => ann.Hub.DeleteMessage(id, 2, new() { DedupeKey = "sent" }));
        await RefusedAsync(ChatErrorCode.BadRequest, taken,
            () => ann.Hub.Send(id, "x", new() { DedupeKey = "edit" }));
        var delete = await ann.Hub.DeleteMessage(id, 2, new() { DedupeKey = "delete" });
        Assert.Equal(delete with { Duplicate = true },
            await ann.Hub.DeleteMessage(id, 2, new() { DedupeKey = "delete" }));
        Assert.Equal(5, (await ann.Hub.History(id)).Head);
    }

    // CH-5, CH-224
    [Fact]
    public async Task What_was_stored_is_answered_with_its_receipt_whatever_has_happened_since()
    {
        var (ann, ben, id) = await GroupAsync();
        await ben.Hub.Send(id, "one"); // 2
        await ben.Hub.Send(id, "two"); // 3
        var acts = new List<(string Key, Func<string, Task<SendReceipt>> Do)>
        {
            ("send", key => ben.Hub.Send(id, "one", new() { DedupeKey = key })),
            ("reply", key => ben.Hub.Send(id, "yes", new() { DedupeKey = key, ReplyTo = 2, Thread = 2 })),
            ("edit", key => ben.Hub.EditMessage(id, 2, new() { Body = "three", IfVersion = 2, DedupeKey = key })),
            ("delete", key => ben.Hub.DeleteMessage(id, 3, new() { DedupeKey = key })),
        };
        var first = new List<SendReceipt>();
        foreach (var act in acts) first.Add(await act.Do(act.Key));

        await AnsweredAsync();
        await ann.Hub.DeleteMessage(id, 2);
        await AnsweredAsync();
        await ann.Hub.SetRole(id, Give(Ben, ParticipantRole.Readonly));
        await AnsweredAsync();
        await ann.Hub.RemoveParticipant(id, Ben);
        await AnsweredAsync();
        await ann.Hub.AddParticipants(id, [Ben]);
        await ann.Hub.SetRole(id, Give(Ben, ParticipantRole.Blocked));
        await AnsweredAsync();

        var head = (await ann.Hub.History(id)).Head;
        foreach (var act in acts)
            await Assert.ThrowsAsync<ChatRefusedException>(() => act.Do($"{act.Key} anew"));
        // What was used for another act is no repeat.
        await Assert.ThrowsAsync<ChatRefusedException>(() => acts[0].Do("edit"));
        await Assert.ThrowsAsync<ChatRefusedException>(
            () => ben.Hub.EditMessage(id, 3, new() { Body = "x", DedupeKey = "edit" }));
        Assert.Equal(head, (await ann.Hub.History(id)).Head);

        async Task AnsweredAsync()
        {
            foreach (var (act, receipt) in acts.Zip(first))
                Assert.Equal(receipt with { Duplicate = true }, await act.Do(act.Key));
        }
    }

    [Fact]
    public async Task Impossible_changes_are_refused_with_the_reason()
    {
        var (ann, _, id) = await GroupAsync();
        await ann.Hub.Send(id, "one");
        const string none = "targetSequence must name a message of this conversation";
        await RefusedAsync(ChatErrorCode.BadRequest, "targetSequence must be a whole number, 1 or more",
            () => ann.Hub.EditMessage(id, 0, new() { Body = "x" }));
        await RefusedAsync(ChatErrorCode.BadRequest, none, () => ann.Hub.EditMessage(id, 9, new() { Body = "x" }));
        await RefusedAsync(ChatErrorCode.BadRequest, none, () => ann.Hub.EditMessage(id, 1, new() { Body = "x" }));
        await RefusedAsync(ChatErrorCode.BadRequest, none, () => ann.Hub.DeleteMessage(id, 1));
        await RefusedAsync(ChatErrorCode.BadRequest, none, () => ann.Hub.Message(id, 1));
        await RefusedAsync(ChatErrorCode.BadRequest, none, () => ann.Hub.Versions(id, 9));
        await RefusedAsync(ChatErrorCode.BadRequest, "body must not be empty when there is no attachmentUrl",
            () => ann.Hub.EditMessage(id, 2, new() { Body = "  " }));
        await RefusedAsync(ChatErrorCode.BadRequest, "ifVersion must be a whole number, 1 or more",
            () => ann.Hub.EditMessage(id, 2, new() { Body = "x", IfVersion = 0 }));
        await RefusedAsync(ChatErrorCode.BadRequest, "reason must have at most 255 characters (Unicode code points)",
            () => ann.Hub.DeleteMessage(id, 2, new() { Reason = new string('x', 256) }));
    }
}
