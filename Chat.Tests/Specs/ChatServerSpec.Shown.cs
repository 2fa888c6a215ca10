using Chat.Contracts.Commands;
using Chat.Contracts.Entries;
using Chat.Contracts.Errors;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;

namespace Chat.Tests.Specs;

/// <content>Views of the main stream and of threads, and unread counts.</content>
public abstract partial class ChatServerSpec
{
    // CH-230, CH-231
    [Fact]
    public async Task A_view_of_the_main_stream_has_messages_and_notes_and_what_became_of_them()
    {
        var (ann, ben, id) = await GroupAsync();
        for (var i = 0; i < 4; i++) await ann.Hub.Send(id, $"{i}");
        await ann.Hub.AddParticipants(id, [Cem]);

        var newest = await ben.Hub.History(id, new HistoryQuery { View = HistoryView.Main, Limit = 2 });
        Assert.Equal([5, 6], newest.Entries.Select(entry => entry.Sequence));
        Assert.Equal((6, 0), (newest.Head, newest.Current!.Count));
        Assert.IsType<ParticipantsAddedEntry>(newest.Entries[1]);
        var older = await ben.Hub.History(id, new HistoryQuery { View = HistoryView.Main, Before = 5, Limit = 2 });
        Assert.Equal([3, 4], older.Entries.Select(entry => entry.Sequence));
        var later = await ben.Hub.History(id, new HistoryQuery { View = HistoryView.Main, After = 1, Limit = 2 });
        Assert.Equal([2, 3], later.Entries.Select(entry => entry.Sequence));
        Assert.Empty((await ben.Hub.History(id, new HistoryQuery { View = HistoryView.Thread, Thread = 2 })).Entries);
        Assert.Null((await ben.Hub.History(id, new HistoryQuery { View = HistoryView.Log })).Current);

        await RefusedAsync(ChatErrorCode.BadRequest, "thread must say which thread",
            () => ben.Hub.History(id, new HistoryQuery { View = HistoryView.Thread }));
        await RefusedAsync(ChatErrorCode.BadRequest, "thread goes with the view thread only",
            () => ben.Hub.History(id, new HistoryQuery { View = HistoryView.Main, Thread = 2 }));
        var dan = await ConnectAsync(Dan);
        await RefusedAsync(ChatErrorCode.Forbidden,
            "you are not a participant of this conversation, or it does not exist",
            () => dan.Hub.History(id, new HistoryQuery { View = HistoryView.Main }));
    }

    // CH-230, CH-231
    [Fact]
    public async Task Replies_in_a_thread_are_in_the_view_of_the_thread_and_not_in_that_of_the_main_stream()
    {
        var (ann, ben, id) = await GroupAsync();
        await ann.Hub.Send(id, "first");
        for (var i = 0; i < 3; i++) await ben.Hub.Send(id, $"{i}", new SendOptions { Thread = 2 });
        await ben.Hub.Send(id, "both", new SendOptions { Thread = 2, AlsoInConversation = true });
        await ann.Hub.Send(id, "last");

        var main = await ben.Hub.History(id, new HistoryQuery { View = HistoryView.Main });
        Assert.Equal([1, 2, 6, 7], main.Entries.Select(entry => entry.Sequence));
        var first = Assert.Single(main.Current!);
        Assert.Equal((2, new ThreadReplies(4, 6)), (first.Sequence, first.Replies));
        Assert.Equal([6, 7], (await ben.Hub.History(id, new HistoryQuery { View = HistoryView.Main, After = 3 }))
            .Entries.Select(entry => entry.Sequence));
        var thread = await ben.Hub.History(id, new HistoryQuery { View = HistoryView.Thread, Thread = 2, Limit = 3 });
        Assert.Equal([4, 5, 6], thread.Entries.Select(entry => entry.Sequence));
        Assert.Equal(new Unread(1, false), await UnreadAsync(ann, id));
        Assert.Equal(new Unread(2, false), await UnreadAsync(ben, id));
    }

    // CH-231
    [Fact]
    public async Task Beside_a_page_is_all_that_an_edit_names_and_which_messages_are_pinned()
    {
        var (ann, ben, id) = await GroupAsync();
        foreach (var body in new[] { "one", "two", "three" }) await ann.Hub.Send(id, body); // 2, 3, 4
        MessageAttachment[] files = [new() { Url = "https://example.org/a" }, new() { Url = "https://example.org/b" }];
        await ann.Hub.EditMessage(id, 2, new()
        {
            Body = "new", Attachments = files, Mentions = new() { Users = [Ben] },
        });
        await ann.Hub.SetPinned(id, 3);

        var current = (await ben.Hub.History(id, new HistoryQuery { View = HistoryView.Main })).Current!;
        Assert.Equal([2, 3], current.Select(one => one.Sequence));
        Assert.Equal((5, "new", files[0].Url, false),
            (current[0].Version, current[0].Body, current[0].AttachmentUrl, current[0].Pinned));
        Assert.Equal(files, current[0].Attachments);
        Assert.Equal([Ben], current[0].Mentions!.Users);
        Assert.Equal((3, null, null, true),
            (current[1].Version, current[1].Body, current[1].Attachments, current[1].Pinned));
    }

    // CH-231, CH-236
    [Fact]
    public async Task A_page_of_a_view_and_the_entries_behind_it_say_what_a_later_page_says()
    {
        for (var seed = 1; seed <= 4; seed++)
        {
            var (ann, ben, id) = await GroupAsync();
            await new SnapshotRun(ann.Hub, ben.Hub, id, seed).RunAsync();
        }
    }

    // CH-232, CH-233
    [Fact]
    public async Task Unread_are_messages_of_others_behind_the_position_and_a_new_participant_begins_at_the_note()
    {
        var (ann, ben, id) = await GroupAsync();
        Assert.Equal(Unread.None, await UnreadAsync(ben, id));
        await ann.Hub.Send(id, "hers");
        await ben.Hub.Send(id, "his");
        await ann.Hub.AddParticipants(id, [Cem]);
        foreach (var guest in new[] { ann, ben })
            Assert.Equal(new Unread(1, false), await UnreadAsync(guest, id));
        var cem = await ConnectAsync(Cem);
        Assert.Equal(Unread.None, await UnreadAsync(cem, id));
        for (var i = 0; i < 100; i++) await ben.Hub.Send(id, $"{i}");
        Assert.Equal(new Unread(99, true), await UnreadAsync(cem, id));
        await cem.Hub.MarkRead(id, 5);
        Assert.Equal(new Unread(99, false), await UnreadAsync(cem, id));
    }

    // CH-234
    [Fact]
    public async Task A_mark_as_unread_is_seen_by_its_user_alone_and_ends_with_the_next_read_mark()
    {
        var (ann, ben, id) = await GroupAsync();
        for (var i = 0; i < 3; i++) await ann.Hub.Send(id, $"{i}");
        await ben.Hub.MarkRead(id, 4);

        await ben.Hub.MarkUnread(id, 3);
        var marked = Assert.Single(await ben.Hub.Conversations(), one => one.Id == id);
        Assert.Equal((4, 2, new Unread(2, false)), (marked.LastReadSequence, marked.UnreadFrom, marked.Unread));
        Assert.Contains(new ReadPosition(id, Ben, 4), await ann.Hub.ReadPositions(id));

        await ben.Hub.MarkRead(id, 4);
        var read = Assert.Single(await ben.Hub.Conversations(), one => one.Id == id);
        Assert.Equal((4, null, Unread.None), (read.LastReadSequence, read.UnreadFrom, read.Unread));
        await RefusedAsync(ChatErrorCode.BadRequest, "sequence must be a whole number, 1 or more",
            () => ben.Hub.MarkUnread(id, 0));
    }

    private static async Task<Unread?> UnreadAsync(Guest guest, ConversationId id) =>
        Assert.Single(await guest.Hub.Conversations(), one => one.Id == id).Unread;
}
