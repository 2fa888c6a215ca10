using System.Net;
using System.Text.Json;
using Chat.ClientSdk;
using Chat.Contracts.Commands;
using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Tests.Fixtures;
using Chat.Tests.Specs;

namespace Chat.Tests.Integration.Threads;

public abstract partial class ThreadsSpec
{
    // CH-245, CH-246
    [SpecFact]
    public async Task Threads_are_listed_and_followed_over_every_transport()
    {
        await using var ann = await First.ConnectHubAsync(_ann);
        await using var bob = await Second.ConnectHubAsync(_bob);
        await ann.SendAsync(_group, "first"); // 2
        await ann.SendAsync(_group, "another"); // 3
        await bob.SendAsync(_group, "reply", new() { Thread = 2 });
        await bob.SendAsync(_group, "reply", new() { Thread = 3 });

        var listed = await ann.ThreadsAsync(_group);
        Assert.Equal([3L, 2L], listed.Select(thread => thread.Thread));
        Assert.All(listed, thread => Assert.Equal((1L, true, 1, false), (thread.Replies, thread.IsFollowing,
            thread.Unread!.Count, thread.Unread.More)));
        Assert.Equal([2L], (await ann.ThreadsAsync(_group, new() { Before = 5 })).Select(thread => thread.Thread));
        await ann.MarkReadAsync(_group, 4, thread: 2);
        await ann.FollowThreadAsync(_group, 5, isFollowing: false); // 5 is a reply in thread 3

        var path = $"/api/v1/chat/{_group}/threads?user_id={_ann}";
        using (var page = JsonDocument.Parse(await Second.Http.GetStringAsync($"{path}&limit=2")))
        {
            var threads = page.RootElement.GetProperty("threads");
            Assert.Equal(["thread", "replies", "last_seq", "last_entry", "people", "is_following", "last_read_seq",
                "unread", "unread_from"], threads[0].EnumerateObject().Select(field => field.Name));
            Assert.Equal(JsonValueKind.Null, threads[0].GetProperty("unread").ValueKind);
            Assert.Equal("""{"count":0,"more":false}""", threads[1].GetProperty("unread").GetRawText());
            Assert.Equal($"""["{_bob}"]""", threads[1].GetProperty("people").GetRawText());
            Assert.Equal("reply", threads[1].GetProperty("last_entry").GetProperty("body").GetString());
        }
        await using var raw = await First.ConnectRawAsync(_ann, "threads");
        await raw.SendAsync(new { type = "threads", conversation_id = _group, before_seq = 5 });
        var shown = (await raw.UntilAsync("threads")).GetProperty("threads");
        Assert.Equal((1, 2), (shown.GetArrayLength(), shown[0].GetProperty("thread").GetInt32()));
        await raw.SendAsync(new { type = "follow", conversation_id = _group, thread = 3 });
        Assert.Equal(3, (await raw.UntilAsync("followed")).GetProperty("thread").GetInt32());
        Assert.True((await ann.ThreadsAsync(_group))[0].IsFollowing);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(HttpMethod.Delete, $"threads/3/follow?user_id={_ann}"));
        Assert.False((await ann.ThreadsAsync(_group))[0].IsFollowing);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(HttpMethod.Put, $"threads/3/follow?user_id={_ann}"));
        Assert.Equal(0, (await ann.ThreadsAsync(_group))[0].Unread!.Count);
        foreach (var wrong in new[] { "1", "99", "x" })
            Assert.Equal(HttpStatusCode.BadRequest,
                await StatusAsync(HttpMethod.Put, $"threads/{wrong}/follow?user_id={_ann}"));
    }

    // CH-237
    [SpecFact]
    public async Task What_is_read_and_unread_in_a_thread_and_in_a_conversation_is_marked_over_every_transport()
    {
        await using var ann = await First.ConnectHubAsync(_ann);
        await using var bob = await Second.ConnectHubAsync(_bob);
        await ann.SendAsync(_group, "first"); // 2
        await bob.SendAsync(_group, "reply", new() { Thread = 2 });
        await bob.SendAsync(_group, "reply", new() { Thread = 2 });
        await bob.SendAsync(_group, "to all"); // 5

        Assert.Equal(HttpStatusCode.OK, await MarkAsync("read", """{"seq":4,"thread":2}"""));
        Assert.Equal((4L, null, 0), await ThreadAsync());
        Assert.Equal(HttpStatusCode.OK, await MarkAsync("unread", """{"seq":4,"thread":2}"""));
        Assert.Equal((4L, 3L, 1), await ThreadAsync());
        await using var raw = await Second.ConnectRawAsync(_ann, "receipts,threads,views");
        await raw.JoinAsync(_group);
        await raw.SendAsync(new { type = "unread", conversation_id = _group, seq = 3, thread = 2 });
        var done = await raw.UntilAsync("done");
        Assert.Equal("unread", done.GetProperty("of").GetString());
        Assert.Equal((4L, 2L, 2), await ThreadAsync());
        await raw.SendAsync(new { type = "read", conversation_id = _group, seq = 4, thread = 2 });
        await raw.SendAsync(new { type = "unread", conversation_id = _group, seq = 5 });
        await raw.UntilAsync("done");
        Assert.Equal((4L, null, 0), await ThreadAsync());
        Assert.Equal((1L, (long?)4L, 1), await ListedAsync());

        Assert.Equal(HttpStatusCode.OK, await MarkAsync("read", """{"seq":5}"""));
        Assert.Equal((5L, null, 0), await ListedAsync());
        Assert.Equal(HttpStatusCode.OK, await MarkAsync("unread", """{"seq":2}"""));
        Assert.Equal((5L, (long?)1L, 1), await ListedAsync());
        await ann.MarkUnreadAsync(_group, 4, thread: 2);
        Assert.Equal((4L, 3L, 1), await ThreadAsync());
        Assert.Equal(HttpStatusCode.BadRequest, await MarkAsync("unread", "{}"));
        Assert.Equal(HttpStatusCode.BadRequest, await MarkAsync("read", """{"thread":2}"""));
        Assert.Equal(HttpStatusCode.BadRequest, await MarkAsync("unread", """{"seq":1,"thread":9}"""));

        async Task<(long, long?, int)> ThreadAsync()
        {
            var thread = Assert.Single(await ann.ThreadsAsync(_group));
            return (thread.LastReadSequence, thread.UnreadFrom, thread.Unread!.Count);
        }

        async Task<(long, long?, int)> ListedAsync()
        {
            var listed = (await ann.ConversationsAsync()).Single(one => one.Id == _group);
            return (listed.LastReadSequence, listed.UnreadFrom, (int)listed.UnreadCount);
        }

        async Task<HttpStatusCode> MarkAsync(string what, string body)
        {
            using var answer = await First.Http.PutAsync(
                $"/api/v1/chat/{_group}/{what}?user_id={_ann}", new StringContent(body));
            return answer.StatusCode;
        }
    }

    // CH-238
    [SpecFact]
    public async Task A_socket_with_the_feature_views_pages_through_what_is_shown_and_through_versions()
    {
        await using var ann = await First.ConnectHubAsync(_ann);
        await ann.SendAsync(_group, "first"); // 2
        await ann.SendAsync(_group, "reply", new() { Thread = 2 });
        await ann.SendAsync(_group, "last"); // 4
        await ann.EditMessageAsync(_group, 2, new()
        {
            Body = "edited", Mentions = new() { Users = [Bob] },
            Attachments = [new() { Url = "u" }, new() { Url = "v" }],
        });
        await ann.SetPinnedAsync(_group, 4);
        await using var raw = await Second.ConnectRawAsync(_bob, "seq,edits,threads,views");

        await raw.SendAsync(new { type = "history", conversation_id = _group, view = "main", limit = 2 });
        var page = await raw.UntilAsync("history");
        Assert.Equal(["type", "conversation_id", "view", "entries", "current", "head", "generation", "count"],
            page.EnumerateObject().Select(field => field.Name));
        Assert.Equal([2, 4], SequencesOf(page));
        Assert.Equal(("main", 6), (page.GetProperty("view").GetString(), page.GetProperty("head").GetInt32()));
        var current = page.GetProperty("current");
        Assert.Equal("""{"users":["BOB"],"everyone":false}""".Replace("BOB", _bob),
            current[0].GetProperty("mentions").GetRawText());
        Assert.Equal(2, current[0].GetProperty("attachments").GetArrayLength());
        Assert.Equal(("edited", 1, true), (current[0].GetProperty("body").GetString(),
            current[0].GetProperty("replies").GetProperty("count").GetInt32(),
            current[1].GetProperty("pinned").GetBoolean()));

        await raw.SendAsync(new { type = "history", conversation_id = _group, view = "thread", thread = 2 });
        page = await raw.UntilAsync("history");
        Assert.Equal((2, "3"), (page.GetProperty("thread").GetInt32(), string.Join(' ', SequencesOf(page))));
        await raw.SendAsync(new { type = "history", conversation_id = _group, view = "log", after_seq = 4, limit = 1 });
        page = await raw.UntilAsync("history");
        Assert.False(page.TryGetProperty("current", out _));
        Assert.Equal("edited", page.GetProperty("entries")[0].GetProperty("body").GetString());
        await raw.SendAsync(new { type = "history", conversation_id = _group, before_seq = 3 });
        Assert.Equal([1, 2], SequencesOf(await raw.UntilAsync("history")));
        await raw.SendAsync(new { type = "message_at", conversation_id = _group, seq = 2 });
        Assert.Equal([2, 5], SequencesOf(await raw.UntilAsync("message_at")));
        await raw.SendAsync(new { type = "versions", conversation_id = _group, seq = 2, after_seq = 2 });
        page = await raw.UntilAsync("versions");
        Assert.Equal((2, "5"), (page.GetProperty("seq").GetInt32(), string.Join(' ', SequencesOf(page))));

        await RefusedAsync(new { type = "history", conversation_id = _group, view = "all" },
            "view must be log, main or thread");
        await RefusedAsync(new { type = "history", conversation_id = _group, view = "thread" },
            "thread must say which thread");
        await RefusedAsync(new { type = "history", conversation_id = _group, limit = 501 },
            "limit must be a whole number from 1 to 500");
        await RefusedAsync(new { type = "message_at", conversation_id = _group },
            "seq must be a whole number, 0 or more");
        await RefusedAsync(new { type = "unread", conversation_id = _group }, "seq must be a whole number, 1 or more");
        await using var stranger = await First.ConnectRawAsync("stranger", "views");
        await stranger.SendAsync(new { type = "history", conversation_id = _group, view = "main" });
        Assert.Equal("forbidden", (await stranger.UntilErrorAsync()).GetProperty("code").GetString());
        await using var old = await First.ConnectRawAsync(_bob, "seq,threads");
        await old.SendAsync(new { type = "history", conversation_id = _group });
        Assert.Equal("unsupported_type", (await old.UntilErrorAsync()).GetProperty("code").GetString());

        async Task RefusedAsync(object command, string words)
        {
            await raw.SendAsync(command);
            Assert.Equal(words, (await raw.UntilErrorAsync()).GetProperty("error").GetString());
        }

        static IEnumerable<int> SequencesOf(JsonElement page) =>
            page.GetProperty("entries").EnumerateArray().Select(entry => entry.GetProperty("seq").GetInt32());
    }

    // CH-231, CH-236
    [SpecFact]
    public async Task Pages_of_views_and_the_entries_behind_them_say_what_later_pages_say()
    {
        await using var ann = await First.ConnectHubAsync(_ann);
        await using var bob = await Second.ConnectHubAsync(_bob);
        await new SnapshotRun(ann, bob, _group, seed: 1).RunAsync();
    }

    // CH-7
    [SpecFact]
    public async Task Strangers_are_told_nothing_of_threads()
    {
        const string refusal = "you are not a participant of this conversation, or it does not exist";
        await using var stranger = await First.ConnectHubAsync("stranger");
        foreach (var call in new Func<Task>[]
        {
            () => stranger.ThreadsAsync(_group), () => stranger.FollowThreadAsync(_group, 1),
            () => stranger.FollowThreadAsync(_group, 2), () => stranger.MarkReadAsync(_group, 1, thread: 1),
        })
            Assert.Equal(refusal, (await Assert.ThrowsAsync<ChatRefusedException>(call)).Error.Message);
    }

    // CH-243, CH-247
    [SpecFact]
    public async Task The_inbox_has_named_mentions_of_those_who_take_part_and_of_nobody_who_is_blocked()
    {
        var other = UserId.Parse($"{_bob} too");
        await using var ann = await First.ConnectHubAsync(_ann);
        await using var bob = await Second.ConnectHubAsync(_bob);
        await ann.AddParticipantsAsync(_group, [other]); // 2
        var second = (await ann.CreateConversationAsync(new CreateConversation { ParticipantIds = [Bob] })).Id;
        await ann.SendAsync(_group, "one", new() { Mentions = new() { Users = [Bob, other, UserId.Parse("x")] } });
        await ann.SendAsync(_group, "all", new() { Mentions = new() { Everyone = true } });
        await ann.SendAsync(second, "two", new() { Mentions = new() { Users = [Bob] } });
        await ann.SendAsync(_group, "three", new() { Thread = 3, Mentions = new() { Users = [Bob] } });

        var inbox = await bob.MentionsAsync();

        Assert.Equal(["three", "two", "one"], inbox.Select(mention => (mention.Entry as MessageEntry)?.Body));
        Assert.Equal((_group, 5L, (long?)3L), (inbox[0].ConversationId, inbox[0].Sequence, inbox[0].Thread));
        Assert.Equal(["two"], (await bob.MentionsAsync(new() { After = inbox[0].Cursor, Limit = 1 }))
            .Select(mention => (mention.Entry as MessageEntry)?.Body));
        Assert.Empty(await ann.MentionsAsync());

        using (var page = JsonDocument.Parse(await First.Http.GetStringAsync(
            $"/api/v1/mentions?user_id={_bob}&limit=1&cursor={inbox[1].Cursor}")))
        {
            Assert.Equal(1, page.RootElement.GetProperty("count").GetInt32());
            var mention = page.RootElement.GetProperty("mentions")[0];
            Assert.Equal(["conversation_id", "seq", "thread", "entry", "created_at", "cursor"],
                mention.EnumerateObject().Select(field => field.Name));
            Assert.Equal("one", mention.GetProperty("entry").GetProperty("body").GetString());
        }
        await using var raw = await Second.ConnectRawAsync(_bob, "threads");
        await raw.SendAsync(new { type = "mentions", limit = 2 });
        Assert.Equal(2, (await raw.UntilAsync("mentions")).GetProperty("mentions").GetArrayLength());
        Assert.Equal(HttpStatusCode.BadRequest, (await First.Http.GetAsync($"/api/v1/mentions?user_id={_bob}&cursor=x"))
            .StatusCode);

        await bob.BlockAsync(UserId.Parse(_ann));
        await ann.SendAsync(_group, "from one who is blocked", new() { Mentions = new() { Users = [Bob, other] } });
        Assert.Equal(3, (await bob.MentionsAsync()).Count);
        await ann.RemoveParticipantAsync(_group, Bob);
        Assert.Equal(["two"], (await bob.MentionsAsync()).Select(mention => (mention.Entry as MessageEntry)?.Body));
        await using var third = await Second.ConnectHubAsync(other.Value);
        Assert.Equal(2, (await third.MentionsAsync()).Count);
    }

    // CH-5, CH-245, CH-247
    [SpecFact]
    public async Task A_reply_that_is_sent_again_is_counted_once()
    {
        await using var ann = await First.ConnectHubAsync(_ann);
        await using var there = await Second.ConnectHubAsync(_ann);
        await ann.SendAsync(_group, "first");
        var again = new SendOptions { Thread = 2, DedupeKey = "k", Mentions = new() { Users = [Bob] } };
        var sends = Enumerable.Range(0, 20).Select(i => (i % 2 == 0 ? ann : there).SendAsync(_group, "once", again));
        Assert.Single(await Task.WhenAll(sends), receipt => !receipt.Duplicate);
        Assert.Equal(1, (await ann.ThreadsAsync(_group))[0].Replies);
        await using var bob = await First.ConnectHubAsync(_bob);
        Assert.Single(await bob.MentionsAsync());
    }

    // CH-248, CH-249
    [SpecFact]
    public async Task Messages_are_pinned_over_every_transport()
    {
        await using var ann = await First.ConnectHubAsync(_ann);
        await ann.SendAsync(_group, "pin me"); // 2
        await using var raw = await First.ConnectRawAsync(_bob, "seq,threads");
        await using var old = await Second.ConnectRawAsync(_bob, "seq");
        foreach (var socket in new[] { raw, old }) await socket.JoinAsync(_group);

        await raw.SendAsync(new { type = "pin", conversation_id = _group, target_seq = 2 });

        Assert.Equal(3, (await raw.UntilAsync("receipt")).GetProperty("seq").GetInt64());
        var plain = (await old.UntilAsync("entry")).GetProperty("entry");
        Assert.Equal("pinned", plain.GetProperty("kind").GetString());
        Assert.False(plain.TryGetProperty("target_seq", out _));
        await raw.SendAsync(new { type = "pins", conversation_id = _group });
        Assert.Equal(2, (await raw.UntilAsync("pins")).GetProperty("pins")[0].GetProperty("seq").GetInt64());
        var pin = Assert.Single(await ann.PinsAsync(_group));
        Assert.Equal((2L, 3L, Bob), (pin.Sequence, pin.PinSequence, pin.PinnedBy));
        using (var page = JsonDocument.Parse(await Second.Http.GetStringAsync(
            $"/api/v1/chat/{_group}/pins?user_id={_ann}")))
            Assert.Equal(["seq", "pin_seq", "pinned_by", "pinned_at", "entry"],
                page.RootElement.GetProperty("pins")[0].EnumerateObject().Select(field => field.Name));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(HttpMethod.Delete, $"messages/2/pin?user_id={_ann}"));
        Assert.Empty(await ann.PinsAsync(_group));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(HttpMethod.Put, $"messages/2/pin?user_id={_ann}"));
        Assert.Equal(HttpStatusCode.BadRequest, await StatusAsync(HttpMethod.Put, $"messages/9/pin?user_id={_ann}"));
        Assert.Equal(5, (await ann.HistoryAsync(_group)).Head);
    }

    private async Task<HttpStatusCode> StatusAsync(HttpMethod method, string path)
    {
        using var request = new HttpRequestMessage(method, $"/api/v1/chat/{_group}/{path}");
        using var answer = await First.Http.SendAsync(request);
        return answer.StatusCode;
    }
}
