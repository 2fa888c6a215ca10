using Chat.Contracts.Entries;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Rules;
using Chat.Server.Persistence;
using Chat.Server.Persistence.Entries;
using Chat.Tests.Fixtures;

namespace Chat.Tests.Specs;

/// <content>CH-232 to CH-235: what is unread, and the order of lists.</content>
public abstract partial class ShownLogSpec
{
    // CH-232
    [SpecFact]
    public async Task Unread_is_what_a_count_over_the_whole_log_finds()
    {
        for (var seed = 1; seed <= 4; seed++)
        {
            var random = new Random(seed);
            foreach (var conversation in await FillAsync(random))
            {
                var log = await ReadAllAsync(conversation);
                var places = Enumerable.Range(0, 30).Select(i => new UnreadPlace(
                    conversation, i % 2 == 0 ? Ann : Bob, random.Next(0, log.Count + 1), log.Count)).ToList();
                var counted = await Stores.Shown.CountUnreadAsync(places, None);
                foreach (var (place, unread) in places.Zip(counted)) Assert.Equal(CountIn(log, place), unread);
            }
        }
    }

    // CH-232
    [SpecFact]
    public async Task A_count_of_unread_messages_is_exact_or_says_that_there_may_be_more()
    {
        var conversation = await CreateConversationAsync();
        async Task SendAsync(int times, string sender)
        {
            for (; times > 0; times -= 500)
                await CommitAsync([.. Enumerable.Range(0, Math.Min(times, 500))
                    .Select(i => (ConversationEntry)Drafts.Message(conversation, "x", sender))]);
        }
        async Task<Unread> CountAsync(long after, UserId user) => (await Stores.Shown.CountUnreadAsync(
            [new(conversation, user, after, (await ReadAllAsync(conversation)).Count)], None))[0];

        await SendAsync(2_000, "ann");
        await SendAsync(1, "bob");
        Assert.Equal(new Unread(1, true), await CountAsync(1, Ann));
        Assert.Equal(new Unread(1, false), await CountAsync(1_500, Ann));
        Assert.Equal(new Unread(99, true), await CountAsync(1, Bob));
        Assert.Equal(Unread.None, await CountAsync(2_002, Ann));
        for (var i = 0; i < 4; i++)
            await CommitAsync([.. Enumerable.Range(0, 500).Select(i => Drafts.Reaction(conversation, 2))]);
        await SendAsync(2, "bob");
        Assert.Equal(new Unread(3, false), await CountAsync(2_001, Ann));
        Assert.Equal(new Unread(2, false), await CountAsync(2_002, Ann));
    }

    // CH-232: whatever the number of users, the newest messages are read once
    [SpecFact]
    public async Task Counts_for_many_users_are_those_for_each_of_them()
    {
        for (var seed = 1; seed <= 3; seed++)
        {
            var random = new Random(seed);
            var conversations = await FillAsync(random);
            var places = new List<UnreadPlace>();
            foreach (var conversation in conversations)
            {
                var head = (await ReadAllAsync(conversation)).FindLast(ShownRules.IsShown)!.Sequence;
                places.AddRange(Enumerable.Range(0, 2 * UnreadCounts.Few).Select(i => new UnreadPlace(
                    conversation, i % 3 == 0 ? Ann : Bob, random.NextInt64(0, head + 2), head)));
            }
            var shuffled = places.OrderBy(_ => random.Next()).ToList();
            Assert.Equal(await Stores.Shown.CountUnreadAsync(shuffled, None),
                await new UnreadCounts(Stores.Shown).CountAsync(shuffled, None));
        }
    }

    // CH-232
    [SpecFact]
    public async Task Counts_for_many_users_end_at_their_bound_and_say_so()
    {
        var conversation = await CreateConversationAsync();
        for (var batch = 0; batch < 4; batch++)
            await CommitAsync([.. Enumerable.Range(0, 500)
                .Select(i => (ConversationEntry)Drafts.Message(conversation, "x", "ann"))]);
        await CommitAsync(Drafts.Message(conversation, "x", "bob")); // 2,002
        async Task<Unread> CountAsync(long after, UserId user) => (await new UnreadCounts(Stores.Shown).CountAsync(
            [.. Enumerable.Repeat(new UnreadPlace(conversation, user, after, 2_002), UnreadCounts.Few + 1)], None))[^1];

        Assert.Equal(new Unread(1, true), await CountAsync(1, Ann));
        Assert.Equal(new Unread(1, false), await CountAsync(1_500, Ann));
        Assert.Equal(new Unread(99, true), await CountAsync(1, Bob));
        Assert.Equal(new Unread(99, false), await CountAsync(1_902, Bob));
        Assert.Equal(Unread.None, await CountAsync(2_002, Ann));
    }

    // CH-239
    [SpecFact]
    public async Task A_preview_has_the_text_of_the_newest_edit_and_none_of_a_deleted_message()
    {
        var conversation = await CreateConversationAsync("ann", "bob");
        await CommitAsync(Drafts.Message(conversation, "2"));
        await EditAsync(conversation, 2, "first");
        await EditAsync(conversation, 2, new string('x', 3_000));
        await CommitAsync(Drafts.Pinned(conversation, 2));
        async Task<MessageEntry> PreviewAsync() =>
            Assert.IsType<MessageEntry>((await ListAsync(Bob)).Single(one => one.Id == conversation).LastEntry);

        Assert.Equal((2, new string('x', 200)), ((await PreviewAsync()).Sequence, (await PreviewAsync()).Body));
        await CommitAsync(Drafts.Deleted(conversation, 2));
        Assert.True(await PreviewAsync() is { Sequence: 2, Body: null, Erased: true });
        await CommitAsync(Drafts.Message(conversation, "7"));
        Assert.Equal("7", (await PreviewAsync()).Body);
    }

    // CH-233
    [SpecFact]
    public async Task Users_who_are_added_or_return_have_read_all_entries_before()
    {
        var conversation = await CreateConversationAsync("ann", "bob");
        foreach (var first in new[] { Ann, Bob })
            Assert.Equal((1, 0), Listed(await ListAsync(first)));
        await CommitAsync(Drafts.Message(conversation), Drafts.Message(conversation));
        await CommitAsync(Drafts.Added(conversation, "eve"));
        await CommitAsync(Drafts.Message(conversation));
        var eve = UserId.Parse("eve");
        Assert.Equal((4, 1), Listed(await ListAsync(eve)));
        Assert.Equal((1, 0), Listed(await ListAsync(Ann)));
        Assert.Equal((1, 3), Listed(await ListAsync(Bob)));

        await CommitAsync(Drafts.Removed(conversation, "eve"));
        await CommitAsync(Drafts.Message(conversation));
        await Database.ExecuteAsync("update participants set role_until = null where user_id = 'eve'");
        var again = Drafts.Of(Drafts.Added(conversation, "eve"))[0] with { LiftsBans = true };
        await Stores.Messages.CommitAsync([again], Drafts.Noon, None);
        await CommitAsync(Drafts.Message(conversation), Drafts.Message(conversation));
        Assert.Equal((8, 2), Listed(await ListAsync(eve)));

        static (long, long) Listed(IReadOnlyList<ConversationSummary> list)
        {
            var one = list.Single(one => one.Id != ConversationId.Lobby);
            return (one.LastReadSequence, one.UnreadCount);
        }
    }

    // CH-234
    [SpecFact]
    public async Task Entries_marked_as_unread_count_until_the_next_read_mark_and_the_position_stays()
    {
        var conversation = await CreateConversationAsync("ann", "bob");
        await CommitAsync([.. Enumerable.Range(2, 5).Select(i => Drafts.Message(conversation, $"{i}"))]);
        await Stores.Conversations.MarkReadAsync(conversation, Bob, 6, None);
        await Stores.Conversations.MarkUnreadAsync(conversation, Bob.Key(), 3, None);

        var marked = (await ListAsync(Bob)).Single(one => one.Id == conversation);
        Assert.Equal((6, 3, 3), (marked.LastReadSequence, marked.UnreadCount, marked.UnreadFrom));
        Assert.Equal(6, (await Stores.Conversations.ReadPositionsAsync(conversation, 10, None))[0].Sequence);

        Assert.Equal(new ReadMove(null, true),
            await Stores.Conversations.MarkReadAsync(conversation, Bob, 2, None));
        var read = (await ListAsync(Bob)).Single(one => one.Id == conversation);
        Assert.Equal((6, 0, null), (read.LastReadSequence, read.UnreadCount, read.UnreadFrom));
        Assert.Equal(default, await Stores.Conversations.MarkReadAsync(conversation, Bob, 2, None));
    }

    // CH-232, CH-235
    [SpecFact]
    public async Task A_list_shows_the_newest_shown_entry_and_hidden_entries_do_not_change_its_order()
    {
        var (a, b) = (await CreateConversationAsync("ann", "bob"), await CreateConversationAsync("ann", "bob"));
        await Stores.Messages.CommitAsync(Drafts.Of(Drafts.Message(a, "in a")), Drafts.Noon.AddMinutes(1), None);
        await Stores.Messages.CommitAsync(Drafts.Of(Drafts.Message(b, "in b")), Drafts.Noon.AddMinutes(2), None);
        await Stores.Messages.CommitAsync(
            Drafts.Of(Drafts.Reaction(a, 2), Drafts.Reaction(a, 2)), Drafts.Noon.AddMinutes(3), None);

        var listed = (await ListAsync(Bob)).Where(one => one.Id != ConversationId.Lobby).ToList();

        Assert.Equal([b, a], listed.Select(one => one.Id));
        Assert.Equal(("in a", 4, 1), (Assert.IsType<MessageEntry>(listed[1].LastEntry).Body, listed[1].LastSequence,
            listed[1].UnreadCount));
    }

    // CH-232
    [SpecFact]
    public async Task In_a_public_conversation_nothing_is_unread_before_the_first_read_mark()
    {
        await CommitAsync(Drafts.Message(ConversationId.Lobby), Drafts.Message(ConversationId.Lobby, sender: "bob"));
        Assert.Equal(Unread.None, (await ListAsync(Bob))[0].Unread);
        await Stores.Conversations.SetMutedAsync(ConversationId.Lobby, Bob.Key(), true, None);
        Assert.Equal(Unread.None, (await ListAsync(Bob))[0].Unread);
        await Stores.Conversations.MarkReadAsync(ConversationId.Lobby, Bob, 1, None);
        await CommitAsync(Drafts.Message(ConversationId.Lobby));
        Assert.Equal(new Unread(1, false), (await ListAsync(Bob))[0].Unread);
    }

    private static Unread CountIn(List<ConversationEntry> log, UnreadPlace place)
    {
        var count = log.OfType<MessageEntry>().Count(message =>
            message.Sequence > place.After && message.SenderId != place.User && message.Body is not null);
        return new Unread(Math.Min(count, 99), count > 99);
    }
}
