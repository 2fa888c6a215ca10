using Chat.ClientSdk;
using Chat.Contracts.Commands;
using Chat.Contracts.Entries;
using Chat.Contracts.Errors;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Json;

namespace Chat.Tests.Specs;

/// <content>Replies, threads, mentions, attachments and pins.</content>
public abstract partial class ChatServerSpec
{
    private const string NoMessage = "must name a message before this one, of the same conversation";

    // CH-240, CH-241
    [Fact]
    public async Task Messages_answer_others_and_threads_have_no_threads()
    {
        var (ann, ben, id) = await GroupAsync();
        await ben.Hub.Join(id);
        var first = (await ann.Hub.Send(id, "first")).Sequence; // 2
        await ann.Hub.Send(id, "a quote", new() { ReplyTo = first });
        await ann.Hub.Send(id, "in its thread", new() { Thread = first });
        await ann.Hub.Send(id, "to a reply", new() { Thread = 4, AlsoInConversation = true });
        await ann.Hub.Send(id, "answers a reply", new() { ReplyTo = 4 });
        await ann.Hub.Send(id, "a quote is in no thread", new() { ReplyTo = 3, AlsoInConversation = true });

        Assert.Equal([2, 3, 4, 5, 6, 7], await ben.Pushes.SequencesAsync(6));
        var page = (await ben.Hub.History(id)).Entries.OfType<MessageEntry>().ToList();
        Assert.Equal([null, 2, null, null, 4, 3], page.Select(message => message.ReplyTo));
        Assert.Equal([null, null, 2, 2, 2, null], page.Select(message => message.Thread));
        Assert.Equal([5L], page.Where(message => message.AlsoInConversation).Select(message => message.Sequence));

        await RefusedAsync(ChatErrorCode.BadRequest, $"replyTo {NoMessage}",
            () => ann.Hub.Send(id, "to itself", new() { ReplyTo = 8 }));
        await RefusedAsync(ChatErrorCode.BadRequest, $"thread {NoMessage}",
            () => ann.Hub.Send(id, "to a note", new() { Thread = 1 }));
        await RefusedAsync(ChatErrorCode.BadRequest, $"thread {NoMessage}",
            () => ann.Hub.Send(id, "to nothing", new() { Thread = 0 }));
        await RefusedAsync(ChatErrorCode.BadRequest, $"replyTo {NoMessage}",
            () => ann.Hub.Send(ConversationId.Lobby, "elsewhere", new() { ReplyTo = 1_000_000_000 }));
        await RefusedAsync(ChatErrorCode.BadRequest, "alsoInConversation goes with thread",
            () => ann.Hub.Send(id, "x", new() { AlsoInConversation = true }));
        Assert.Equal(7, (await ben.Hub.History(id)).Head);
    }

    // CH-242, CH-243
    [Fact]
    public async Task Mentions_and_attachments_come_back_as_they_were_sent()
    {
        var (ann, ben, id) = await GroupAsync();
        await ben.Hub.Join(id);
        var options = new SendOptions
        {
            Mentions = new() { Users = [Ben, Cem], Everyone = true },
            Attachments =
            [
                new() { Url = "https://example.org/a", Name = "a", Size = 3, Meta = new RawJson("{ \"k\" :1.0}") },
                new() { Id = "2", Url = "https://example.org/b", MediaType = "image/png", Width = 2, Height = 1 },
            ],
        };

        var receipt = await ann.Hub.Send(id, null, options);

        var shown = Assert.IsType<MessageEntry>(await ben.Pushes.NextAsync());
        var stored = Assert.IsType<MessageEntry>((await ben.Hub.History(id)).Entries[^1]);
        Assert.Equivalent(shown, stored, strict: true);
        Assert.Equal(receipt.Id, stored.Id);
        Assert.Equal(options.Mentions, stored.Mentions);
        Assert.Equal(options.Attachments, stored.Attachments);
        Assert.Equal(("https://example.org/a", new RawJson("{ \"k\" :1.0}")),
            (stored.AttachmentUrl, stored.AttachmentMeta));
        await ann.Hub.Send(id, "old", new() { AttachmentUrl = "https://example.org/a" });
        Assert.Null(Assert.IsType<MessageEntry>((await ben.Hub.History(id)).Entries[^1]).Attachments);
        await RefusedAsync(ChatErrorCode.BadRequest, "mentions must include at most 50 users",
            () => ann.Hub.Send(id, "x", new() { Mentions = new() { Users = UsersOf(51) } }));
        await RefusedAsync(ChatErrorCode.BadRequest, "attachments.url must not contain NUL characters",
            () => ann.Hub.Send(id, "x", new() { Attachments = [new() { Url = "\0" }] }));
    }

    // CH-244
    [Fact]
    public async Task Everyone_is_mentioned_by_owners_and_moderators_and_in_small_groups_by_anybody()
    {
        const string refusal = "only an owner or a moderator may mention everyone where more than 50 take part";
        var everyone = new SendOptions { Mentions = new() { Everyone = true } };
        var (ann, ben, id) = await GroupAsync(UsersOf(48));
        await ben.Hub.Send(id, "fifty", everyone);
        await ann.Hub.AddParticipants(id, [Cem]);

        await RefusedAsync(ChatErrorCode.Forbidden, refusal, () => ben.Hub.Send(id, "fifty-one", everyone));

        await ann.Hub.Send(id, "an owner", everyone);
        await ann.Hub.SetRole(id, new SetRole { UserId = Ben, Role = ParticipantRole.Moderator });
        await ben.Hub.Send(id, "a moderator", everyone);
        await ann.Hub.SetRole(id, new SetRole { UserId = Ben, Role = ParticipantRole.Member });
        await RefusedAsync(ChatErrorCode.Forbidden, refusal, () => ben.Hub.Send(id, "a member", everyone));
        await RefusedAsync(ChatErrorCode.Forbidden, refusal,
            () => ben.Hub.Send(ConversationId.Lobby, "all the world", everyone));
    }

    // CH-245, CH-246, CH-247
    [Fact]
    public async Task Threads_follows_and_mentions_agree()
    {
        var (ann, ben, id) = await GroupAsync(Cem);
        var cem = await ConnectAsync(Cem);
        for (var i = 0; i < 3; i++) await ann.Hub.Send(id, $"{i}"); // 2, 3, 4
        await ben.Hub.Send(id, "to two", new() { Thread = 2 });
        await ben.Hub.Send(id, "to four", new() { Thread = 4, Mentions = new() { Users = [Cem, UserId.Parse("x")] } });
        await ann.Hub.Send(id, "shown", new() { Thread = 2, AlsoInConversation = true });
        await cem.Hub.FollowThread(id, 3);

        Assert.Equal(["2 2 7 ann ben True 2 1", "4 1 6 ben True 4 1"], await ListedAsync(ann));
        Assert.Equal(["2 2 7 ann ben True 5 0", "4 1 6 ben True 6 0"], await ListedAsync(ben));
        Assert.Equal(["2 2 7 ann ben False 0 ", "4 1 6 ben True 5 1"], await ListedAsync(cem));
        await ann.Hub.MarkRead(id, 99, thread: 6); // at most the head
        await ann.Hub.MarkRead(id, 1, thread: 4); // never back
        await ann.Hub.MarkRead(id, 99, thread: 3); // of what she does not follow nothing is stored
        await cem.Hub.FollowThread(id, 4, isFollowing: false);
        await cem.Hub.FollowThread(id, 2);
        Assert.Equal(["2 2 7 ann ben True 2 1", "4 1 6 ben True 7 0"], await ListedAsync(ann));
        Assert.Equal(["2 2 7 ann ben True 7 0", "4 1 6 ben False 6 "], await ListedAsync(cem));
        Assert.Equal([4L], (await ann.Hub.Threads(id, new() { Before = 7 })).Select(thread => thread.Thread));
        Assert.Equal([2L], (await ann.Hub.Threads(id, new() { Limit = 1 })).Select(thread => thread.Thread));
        await ben.Hub.Send(id, "to three", new() { ReplyTo = 3, Thread = 3 });
        Assert.Equal(1, (await cem.Hub.Threads(id))[0].Unread!.Count);

        var mention = Assert.Single(await cem.Hub.Mentions());
        Assert.Equal((id, 6L, (long?)4L, "to four"), (mention.ConversationId, mention.Sequence, mention.Thread,
            (mention.Entry as MessageEntry)?.Body));
        Assert.Empty(await cem.Hub.Mentions(new() { After = mention.Cursor }));
        Assert.Empty(await ben.Hub.Mentions());
        await RefusedAsync(ChatErrorCode.BadRequest, "thread must name a message of the conversation",
            () => ann.Hub.FollowThread(id, 1));
        await RefusedAsync(ChatErrorCode.BadRequest, "limit must be a whole number from 1 to 50",
            () => ann.Hub.Threads(id, new() { Limit = 51 }));
        await RefusedAsync(ChatErrorCode.BadRequest, "cursor must be one that a listing returned",
            () => ann.Hub.Mentions(new() { After = "x" }));

        async Task<List<string>> ListedAsync(Guest guest) =>
            [.. (await guest.Hub.Threads(id)).Select(t => $"{t.Thread} {t.Replies} {t.LastSequence} "
                + $"{string.Join(' ', t.People)} {t.IsFollowing} {t.LastReadSequence} {t.Unread?.Count}")];
    }

    // CH-237
    [Fact]
    public async Task A_thread_is_marked_as_unread_by_its_follower_until_the_next_read_mark_in_it()
    {
        var (ann, ben, id) = await GroupAsync();
        await ann.Hub.Send(id, "first"); // 2
        for (var i = 0; i < 3; i++) await ben.Hub.Send(id, $"{i}", new() { Thread = 2 }); // 3, 4, 5
        await ann.Hub.MarkRead(id, 5, thread: 2);
        await ben.Hub.MarkUnread(id, 1, thread: 2);

        await ann.Hub.MarkUnread(id, 4, thread: 5); // a reply names its thread

        var marked = Assert.Single(await ann.Hub.Threads(id));
        Assert.Equal((5, 3, new Unread(2, false)), (marked.LastReadSequence, marked.UnreadFrom, marked.Unread));
        Assert.Null(Assert.Single(await ann.Hub.Conversations(), one => one.Id == id).UnreadFrom);
        Assert.Equal((0, Unread.None), Of(Assert.Single(await ben.Hub.Threads(id)))); // his own are not unread
        await ben.Hub.Send(id, "3", new() { Thread = 2 });
        Assert.Equal(3, Assert.Single(await ann.Hub.Threads(id)).Unread!.Count);

        await ann.Hub.MarkRead(id, 1, thread: 2); // whatever it names
        Assert.Equal((null, new Unread(1, false)), Of(Assert.Single(await ann.Hub.Threads(id))));
        await ann.Hub.MarkUnread(id, 1, thread: 2);
        await ann.Hub.FollowThread(id, 2, isFollowing: false);
        await ann.Hub.MarkUnread(id, 1, thread: 2); // nothing is stored of a thread that she does not follow
        Assert.Equal((null, null), Of(Assert.Single(await ann.Hub.Threads(id))));
        await RefusedAsync(ChatErrorCode.BadRequest, "sequence must be a whole number, 1 or more",
            () => ann.Hub.MarkUnread(id, 0, thread: 2));
        await RefusedAsync(ChatErrorCode.BadRequest, "thread must name a message of the conversation",
            () => ann.Hub.MarkUnread(id, 1, thread: 1));

        static (long?, Unread?) Of(ThreadSummary thread) => (thread.UnreadFrom, thread.Unread);
    }

    // CH-239
    [Fact]
    public async Task Previews_in_lists_of_conversations_threads_mentions_and_pins_say_what_messages_say_now()
    {
        var (ann, ben, id) = await GroupAsync();
        await ann.Hub.Send(id, "first", new() { Mentions = new() { Users = [Ben] } }); // 2
        await ben.Hub.Send(id, "reply", new() { Thread = 2, AttachmentUrl = "u" });
        await ann.Hub.SetPinned(id, 2);
        await ann.Hub.EditMessage(id, 2, new()
        {
            Body = "edited", Mentions = new() { Users = [Ben] }, Attachments = [new() { Url = "w" }],
        });
        await ben.Hub.EditMessage(id, 3, new() { Body = "edited too" });

        Assert.Equal(["edited w", "edited too ", "edited w", "edited w"], await PreviewsAsync());
        await ann.Hub.EditMessage(id, 2, new() { Body = new string('x', 300), Mentions = new() { Users = [Ben] } });
        var listed = Assert.Single(await ben.Hub.Conversations(), one => one.Id == id);
        Assert.True(listed.IsLastEntryCut);
        Assert.Equal(200, Assert.IsType<MessageEntry>(listed.LastEntry).Body!.Length);

        await ann.Hub.DeleteMessage(id, 2);
        listed = Assert.Single(await ben.Hub.Conversations(), one => one.Id == id);
        Assert.True(listed.LastEntry is MessageEntry { Sequence: 2, Erased: true, Body: null, AttachmentUrl: null });
        Assert.Equal((0, 8), (listed.UnreadCount, listed.LastSequence));
        Assert.Empty(await ben.Hub.Mentions());

        async Task<List<string>> PreviewsAsync() =>
        [
            Of(Assert.Single(await ben.Hub.Conversations(), one => one.Id == id).LastEntry),
            Of(Assert.Single(await ben.Hub.Threads(id)).LastEntry),
            Of(Assert.Single(await ben.Hub.Mentions()).Entry), Of(Assert.Single(await ben.Hub.Pins(id)).Entry),
        ];

        static string Of(ConversationEntry? entry) =>
            $"{Assert.IsType<MessageEntry>(entry).Body} {((MessageEntry)entry!).AttachmentUrl}";
    }

    // CH-221, CH-245, CH-247
    [Fact]
    public async Task Edits_and_deletions_take_mentions_and_replies_along()
    {
        var (ann, ben, id) = await GroupAsync(Cem);
        var cem = await ConnectAsync(Cem);
        await ann.Hub.Send(id, "first");
        var reply = (await ann.Hub.Send(id, "reply", new()
        {
            Thread = 2, Mentions = new() { Users = [Ben] }, Attachments = [new() { Url = "u" }, new() { Url = "v" }],
        })).Sequence;
        await ann.Hub.Send(id, "another", new() { Thread = 2 });
        await ann.Hub.Join(id, afterSequence: 4);

        await ann.Hub.EditMessage(id, reply, new()
        {
            Body = "edited", Mentions = new() { Users = [Cem] }, Attachments = [new() { Url = "w" }],
        });

        var edit = Assert.IsType<MessageEditedEntry>(await ann.Pushes.NextAsync());
        Assert.Equal(("edited", "w", "w", Cem), (edit.Body, edit.AttachmentUrl, Assert.Single(edit.Attachments!).Url,
            Assert.Single(edit.Mentions!.Users)));
        Assert.Empty(await ben.Hub.Mentions());
        var mention = Assert.Single(await cem.Hub.Mentions());
        Assert.Equal((reply, "edited"), (mention.Sequence, (mention.Entry as MessageEntry)?.Body));
        Assert.False(Assert.Single(await cem.Hub.Threads(id)).IsFollowing);
        var same = new EditMessage
        {
            Body = "edited", Mentions = new() { Users = [Cem] }, Attachments = [new() { Url = "w" }],
        };
        Assert.True((await ann.Hub.EditMessage(id, reply, same)).Duplicate);
        Assert.False((await ann.Hub.EditMessage(id, reply, same with { Attachments = null })).Duplicate);
        Assert.Equal(2, Assert.Single(await ann.Hub.Threads(id)).Replies);

        await ann.Hub.DeleteMessage(id, reply);

        Assert.Equal(1, Assert.Single(await ann.Hub.Threads(id)).Replies);
        Assert.Empty(await cem.Hub.Mentions());
        var erased = (await ann.Hub.History(id)).Entries.OfType<MessageEntry>().Single(one => one.Erased);
        Assert.Equal(reply, erased.Sequence);
        Assert.True(erased is { Body: null, Thread: 2, Mentions: null, Attachments: null });
        Assert.All((await ann.Hub.History(id)).Entries.OfType<MessageEditedEntry>(), one =>
            Assert.True(one is { Erased: true, Mentions: null, Attachments: null, Body: null }));
        await ann.Hub.DeleteMessage(id, 4);
        Assert.Empty(await ann.Hub.Threads(id));
    }

    // CH-248
    [Fact]
    public async Task A_message_is_pinned_once_and_until_it_is_unpinned_or_deleted()
    {
        var (ann, ben, id) = await GroupAsync();
        for (var i = 0; i < 3; i++) await ann.Hub.Send(id, $"{i}"); // 2, 3, 4
        await ben.Hub.Join(id, afterSequence: 4);
        var first = await ben.Hub.SetPinned(id, 3);
        await ann.Hub.SetPinned(id, 2);

        Assert.Equal(3, Assert.IsType<PinnedEntry>(await ben.Pushes.NextAsync()).TargetSequence);
        Assert.Equal(["2 6 ann 0", "3 5 ben 1"], await PinsAsync());
        Assert.Equal(first with { Duplicate = true }, await ann.Hub.SetPinned(id, 3));
        var unpinned = await ann.Hub.SetPinned(id, 3, isPinned: false);
        Assert.Equal((7, false), (unpinned.Sequence, unpinned.Duplicate));
        var again = await ben.Hub.SetPinned(id, 3, isPinned: false);
        Assert.Equal((3, true), (again.Sequence, again.Duplicate));
        await ben.Hub.SetPinned(id, 3);
        await ann.Hub.DeleteMessage(id, 3);
        Assert.Equal(["2 6 ann 0"], await PinsAsync());
        Assert.Equal(9, (await ann.Hub.History(id)).Head);
        Assert.Equal(ChatErrorCode.Gone,
            (await Assert.ThrowsAsync<ChatRefusedException>(() => ann.Hub.SetPinned(id, 3))).Code);
        await RefusedAsync(ChatErrorCode.BadRequest, "targetSequence must name a message of this conversation",
            () => ann.Hub.SetPinned(id, 1));
        await ann.Hub.SetRole(id, new SetRole { UserId = Ben, Role = ParticipantRole.Readonly });
        await RefusedAsync(ChatErrorCode.Forbidden, "only who takes part and may write may pin messages",
            () => ben.Hub.SetPinned(id, 4));
        await RefusedAsync(ChatErrorCode.Forbidden, "only who takes part and may write may pin messages",
            () => ben.Hub.SetPinned(id, 2, isPinned: false));
        Assert.Equal(["2 6 ann 0"], await PinsAsync());

        async Task<List<string>> PinsAsync() => [.. (await ben.Hub.Pins(id)).Select(pin =>
            $"{pin.Sequence} {pin.PinSequence} {pin.PinnedBy} {(pin.Entry as MessageEntry)?.Body}")];
    }

    private static UserId[] UsersOf(int count) =>
        [.. Enumerable.Range(0, count).Select(i => UserId.Parse($"member {i}"))];
}
