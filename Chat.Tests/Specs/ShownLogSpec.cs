using Chat.Contracts.Entries;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Rules;
using Chat.Server.Persistence;
using Chat.Server.Persistence.Entries;
using Chat.Tests.Fixtures;

namespace Chat.Tests.Specs;

/// <summary>CH-230 and CH-231: links between shown entries and pages by them, against a look at the whole
/// log.</summary>
public abstract partial class ShownLogSpec : StoreSpec
{
    private static readonly UserId Ann = UserId.Parse("ann"), Bob = UserId.Parse("bob");

    private static CancellationToken None => CancellationToken.None;

    // CH-230
    [SpecFact]
    public async Task Links_and_pages_agree_with_the_whole_log_in_any_order_of_writes()
    {
        for (var seed = 1; seed <= 3; seed++)
        {
            var conversations = await FillAsync(new Random(seed));
            foreach (var conversation in conversations)
            {
                var log = await ReadAllAsync(conversation);
                Assert.Equal(LinksOf(log), await StoredLinksAsync(conversation));
                Assert.Equal(HeadOf(log), await StoredHeadAsync(conversation));
                await AssertPagesAsync(conversation, log);
            }
        }
    }

    // CH-230
    [SpecFact]
    public async Task Entries_stored_by_a_server_of_the_version_before_are_shown_and_linked()
    {
        var conversation = await CreateConversationAsync();
        await CommitAsync(Drafts.Message(conversation, "2"), Drafts.Message(conversation, "3"));
        // It knows neither the columns of messages nor those of conversations.
        await Database.ExecuteAsync(
            $"""
            insert into messages (conversation_id, sequence, created_at, kind, sender_id, message, message_id, msg_type)
            select id, 4, last_entry_at, 0, 'bob', '4', {Literal(ConversationId.New(Drafts.Noon))}, 0
              from conversations where id = {Literal(conversation)};
            update conversations set last_sequence = 4 where id = {Literal(conversation)}
            """);
        await CommitAsync(Drafts.Message(conversation, "5"), Drafts.Reaction(conversation, 5));

        var page = await Stores.Shown.ReadPageAsync(conversation, new(null, long.MaxValue, 0, Ann), 50, None);

        Assert.Equal([1, 2, 3, 4, 5], page!.Entries.Select(entry => entry.Sequence));
        Assert.Equal(6, page.Head);
    }

    // CH-231
    [SpecFact]
    public async Task A_page_ends_at_its_bytes_and_the_text_of_edits_counts()
    {
        var conversation = await CreateConversationAsync();
        await CommitAsync([.. Enumerable.Range(2, 5).Select(i => Drafts.Message(conversation, new string('x', 100)))]);
        async Task<int> CountAsync(int bytes, long? after = null) =>
            (await Stores.Shown.ReadPageAsync(conversation, new(after, 7, 0, Ann), new PageLimit(50, bytes), None))!
            .Entries.Count;

        Assert.Equal((1, 2, 5), (await CountAsync(10), await CountAsync(299), await CountAsync(500)));
        Assert.Equal((1, 2, 5), (await CountAsync(10, 1), await CountAsync(299, 1), await CountAsync(500, 1)));
        await EditAsync(conversation, 6, new string('y', 150));
        Assert.Equal((1, 1, 2), (await CountAsync(10), await CountAsync(299), await CountAsync(350)));
    }

    // CH-231
    [SpecFact]
    public async Task Current_has_the_changes_of_the_messages_of_the_page_and_of_no_others()
    {
        var conversation = await CreateConversationAsync();
        await CommitAsync([.. Enumerable.Range(2, 6).Select(i => Drafts.Message(conversation, $"{i}"))]);
        await EditAsync(conversation, 3, "new");
        await CommitAsync(Drafts.Deleted(conversation, 4));
        await CommitAsync(Drafts.Reaction(conversation, 5));
        await Database.ExecuteAsync(
            "update messages set payload = "
            + "'{\"counts\":[{\"key\":\"👍\",\"count\":12},{\"key\":\"❤\",\"count\":3}]}' where sequence = 10");
        await Database.ExecuteAsync("insert into message_states (conversation_id, sequence, version, is_deleted, "
            + $"reactions_sequence, pin_sequence) values ({Literal(conversation)}, 5, 5, false, 10, 8)");
        var keys = Kind == DatabaseKind.Sqlite ? "'[\"👍\",\":ok:\"]'" : "array['👍', ':ok:']";
        await Database.ExecuteAsync(
            $"""
            insert into reactions (conversation_id, target_sequence, user_id, keys)
            values ({Literal(conversation)}, 5, 'ann', {keys});
            insert into threads (conversation_id, thread, replies, last_sequence)
            values ({Literal(conversation)}, 6, 2, 12)
            """);

        var ofAnn = await Stores.Shown.ReadPageAsync(conversation, new(null, long.MaxValue, 0, Ann), 4, None);
        var ofBob = await Stores.Shown.ReadPageAsync(conversation, new(3, 0, 0, Bob), 50, None);

        Assert.Equal((10, 10), (ofAnn!.Head, ofBob!.Head));
        Assert.Equal([4, 5, 6, 7], ofAnn.Entries.Select(entry => entry.Sequence));
        Assert.Equal([4, 5, 6], ofAnn.Current.Select(one => one.Sequence));
        Assert.Equal([4, 5, 6], ofBob.Current.Select(one => one.Sequence));
        Assert.Equal((9, true, null), (ofAnn.Current[0].Version, ofAnn.Current[0].Deleted, ofAnn.Current[0].Body));
        var changed = ofAnn.Current[1];
        Assert.Equal((5, true, null, false), (changed.Version, changed.Pinned, changed.Body, changed.Deleted));
        Assert.Equal([new ReactionCount("👍", 12), new ReactionCount("❤", 3)], changed.Counts);
        Assert.Equal(["👍", ":ok:"], changed.Mine);
        Assert.Empty(ofBob.Current[1].Mine);
        Assert.Equal(new ThreadReplies(2, 12), ofAnn.Current[2].Replies);
        var edited = (await Stores.Shown.ReadPageAsync(conversation, new(null, 4, 0, Ann), 1, None))!.Current;
        Assert.Equal(("new", 8, null), (edited[0].Body, edited[0].Version, edited[0].Replies));
    }

    // CH-231
    [SpecFact]
    public async Task The_page_of_a_thread_has_only_its_replies_and_an_unknown_conversation_has_no_page()
    {
        var conversation = await CreateConversationAsync();
        await CommitAsync([.. Enumerable.Range(2, 9).Select(i => Drafts.Message(conversation, $"{i}"))]);
        await Database.ExecuteAsync(
            "update messages set thread = 2 where sequence in (4, 5, 8, 9, 10); "
                + "update messages set thread = 3 where sequence = 6");

        async Task<IEnumerable<long>> ReadAsync(long? after, long before, int limit) =>
            (await Stores.Shown.ReadPageAsync(conversation, new(after, before, 2, Ann), limit, None))!
            .Entries.Select(entry => entry.Sequence);

        Assert.Equal([8, 9, 10], await ReadAsync(null, long.MaxValue, 3));
        Assert.Equal([4, 5], await ReadAsync(null, 8, 3));
        Assert.Equal([5, 8], await ReadAsync(4, 0, 2));
        Assert.Empty(await ReadAsync(10, 0, 3));
        Assert.Null(await Stores.Shown.ReadPageAsync(
            ConversationId.New(Drafts.Noon), new(null, long.MaxValue, 0, Ann), 3, None));
    }

    /// <summary>Two conversations, in batches of all kinds, with keys and without, some of them repeated.</summary>
    private async Task<ConversationId[]> FillAsync(Random random)
    {
        ConversationId[] conversations = [await CreateConversationAsync("ann", "bob"), await CreateConversationAsync()];
        for (var batch = 0; batch < 12; batch++)
        {
            var drafts = Enumerable.Range(0, random.Next(1, 12))
                .Select(i => OneOf(random, conversations[random.Next(2)], batch, i)).ToArray();
            await CommitAsync(drafts);
            // Refused where the target is no message.
            if (batch % 3 == 1)
                await CommitAsync(Drafts.Edited(conversations[batch % 2], random.Next(1, batch + 2), $"{batch}"));
        }
        return conversations;
    }

    private static ConversationEntry OneOf(Random random, ConversationId conversation, int batch, int i)
    {
        var sender = random.Next(2) == 0 ? "ann" : "bob";
        return random.Next(8) switch
        {
            < 4 => Drafts.Message(conversation, $"{batch}/{i}", sender, batch % 3 == 0 ? $"{batch}/{i}" : null),
            4 => Drafts.Message(conversation, "again", sender, $"{batch % 4}/{random.Next(3)}/again/{i}"),
            _ => Drafts.Reaction(conversation, 1),
        };
    }

    private async Task AssertPagesAsync(ConversationId conversation, List<ConversationEntry> log)
    {
        var shown = log.Where(ShownRules.IsShown).Select(entry => entry.Sequence).ToList();
        foreach (var limit in new[] { 3, 500 })
            for (var position = 0; position <= log.Count + 2; position++)
            {
                Assert.Equal(shown.Where(s => s < position).TakeLast(limit),
                    await ReadAsync(null, position, limit));
                Assert.Equal(shown.Where(s => s > position).Take(limit),
                    await ReadAsync(position, 0, limit));
            }

        async Task<IEnumerable<long>> ReadAsync(long? after, long before, int limit) =>
            (await Stores.Shown.ReadPageAsync(conversation, new(after, before, 0, Ann), limit, None))!
            .Entries.Select(entry => entry.Sequence);
    }

    private static IEnumerable<string> LinksOf(List<ConversationEntry> log)
    {
        var last = 0L;
        foreach (var entry in log)
        {
            yield return $"{entry.Sequence} {(last == entry.Sequence - 1 ? "" : last)}";
            if (ShownRules.IsShown(entry)) last = entry.Sequence;
        }
    }

    private async Task<IEnumerable<string>> StoredLinksAsync(ConversationId conversation) =>
        (await Database.QueryAsync("select sequence || ' ' || coalesce(shown_before || '', '') from messages "
            + $"where conversation_id = {Literal(conversation)} order by sequence"));

    private static string HeadOf(List<ConversationEntry> log) =>
        $"{log.FindLast(ShownRules.IsShown)!.Sequence} {log.Count}";

    private async Task<string> StoredHeadAsync(ConversationId conversation) => Assert.Single(await Database.QueryAsync(
        "select coalesce(nullif(last_shown_sequence, 0), last_sequence) || ' ' || last_sequence from conversations "
            + $"where id = {Literal(conversation)}"));

    private async Task EditAsync(ConversationId conversation, long target, string body) => Assert.Equal(
        CommitStatus.Stored, Assert.Single(await CommitAsync(Drafts.Edited(conversation, target, body))).Status);
}
