using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Json;
using Chat.Server.Persistence;
using Chat.Server.Persistence.Entries;
using Chat.Tests.Fixtures;

namespace Chat.Tests.Specs;

/// <summary>What every <see cref="IMessageStore"/> promises.</summary>
public abstract class MessageStoreSpec : StoreSpec
{
    private static CancellationToken None => CancellationToken.None;

    [SpecFact]
    public async Task Drafts_of_a_conversation_get_the_next_sequences_in_the_order_of_the_list()
    {
        var a = await CreateConversationAsync();
        var b = await CreateConversationAsync();

        var outcomes = await CommitAsync(Drafts.Message(a, "1"), Drafts.Message(b, "2"), Drafts.Message(a, "3"),
            Drafts.Message(a, "4"));

        Assert.All(outcomes, o => Assert.Equal(CommitStatus.Stored, o.Status));
        Assert.Equal([2, 2, 3, 4], outcomes.Select(o => o.Sequence));
        Assert.Equal(["1", "3", "4"], (await ReadAllAsync(a)).OfType<MessageEntry>().Select(m => m.Body));
        Assert.Equal(
            new()
            {
                [a] = new LogHead(4, LastAt: outcomes[3].CreatedAt), [b] = new LogHead(2, LastAt: outcomes[1].CreatedAt)
            },
            await Stores.Messages.ReadHeadsAsync([a, b, ConversationId.New(Drafts.Noon)], None));
    }

    [SpecFact]
    public async Task What_is_read_is_what_the_outcome_said()
    {
        var conversation = await CreateConversationAsync();
        var draft = Drafts.Message(conversation);

        var outcome = Assert.Single(await CommitAsync(draft));

        var stored = (await ReadAllAsync(conversation))[1];
        Assert.Equal(draft with { Sequence = outcome.Sequence, CreatedAt = outcome.CreatedAt }, stored);
        Assert.Equal(draft.Id, outcome.Id);
    }

    [SpecFact]
    public async Task An_empty_batch_is_nothing() => Assert.Empty(await CommitAsync());

    // CH-1
    [SpecFact]
    public async Task Concurrent_commits_of_two_instances_leave_neither_hole_nor_repeat()
    {
        var conversations = new[] { await CreateConversationAsync(), await CreateConversationAsync(),
            await CreateConversationAsync() };
        var other = AnotherInstance();

        var writers = new[] { Stores, Stores, other, other }.Select((host, writer) => Task.Run(async () =>
        {
            var outcomes = new List<(ConversationId, CommitOutcome)>();
            for (var batch = 0; batch < 20; batch++)
            {
                // Each writer names the conversations in another order: taking the locks in that order would deadlock.
                var drafts = Enumerable.Range(0, 9)
                    .Select(i => Drafts.Message(conversations[(i + writer) % 3], $"{writer}/{batch}/{i}")).ToArray();
                var committed = await host.Messages.CommitAsync(Drafts.Of(drafts), Drafts.Noon, None);
                outcomes.AddRange(drafts.Zip(committed, (d, o) => (d.ConversationId, o)));
            }
            return outcomes;
        }));
        var all = (await Task.WhenAll(writers)).SelectMany(o => o).ToList();

        foreach (var conversation in conversations)
        {
            var entries = await ReadAllAsync(conversation);
            Assert.Equal(Enumerable.Range(1, 241).Select(i => (long)i), entries.Select(e => e.Sequence));
            var told = all.Where(o => o.Item1 == conversation).ToDictionary(o => o.Item2.Id, o => o.Item2);
            Assert.All(entries.Skip(1),
                e => Assert.Equal((e.Sequence, e.CreatedAt), (told[e.Id].Sequence, told[e.Id].CreatedAt)));
        }
    }

    [SpecFact]
    public async Task A_failed_commit_leaves_no_hole()
    {
        var conversation = await CreateConversationAsync();
        await RefusePoisonAsync();

        var failure = await Assert.ThrowsAsync<StoreException>(
            () => CommitAsync(Drafts.Message(conversation), Drafts.Message(conversation, "poison"),
                Drafts.Added(conversation, "eve")));

        Assert.Equal(StoreFailure.Rejected, failure.Failure);
        Assert.Equal(2, Assert.Single(await CommitAsync(Drafts.Message(conversation, "kept"))).Sequence);
        Assert.Equal(2, (await ReadAllAsync(conversation)).Count);
        Assert.Null((await Stores.FindAccessAsync(conversation, UserId.Parse("eve")))?.Role);
    }

    [SpecFact]
    public async Task A_draft_for_no_conversation_is_not_stored_and_the_others_are()
    {
        var conversation = await CreateConversationAsync();
        var nowhere = ConversationId.New(Drafts.Noon);

        var outcomes = await CommitAsync(Drafts.Message(nowhere), Drafts.Message(conversation),
            Drafts.Added(nowhere, "eve"), Drafts.Message(nowhere, dedupeKey: "k"));

        Assert.Equal(
            [CommitStatus.NoConversation, CommitStatus.Stored, CommitStatus.NoConversation,
                CommitStatus.NoConversation], outcomes.Select(o => o.Status));
        Assert.Empty(await ReadAllAsync(nowhere));
    }

    // CH-8: the commit itself asks again where somebody was removed since the right was read
    [SpecFact]
    public async Task One_who_was_removed_since_the_right_was_read_stores_nothing_and_those_who_take_part_do()
    {
        var conversation = await CreateConversationAsync();
        await CommitAsync(Drafts.Added(conversation, "eve", "ben"),
            Drafts.Message(conversation, "mine", "eve", "once"));
        await CommitAsync(Drafts.Removed(conversation, "eve")); // sequence 4

        await NotAllowedAsync(Drafts.Message(conversation, "late", "eve"), asOf: 3);
        await NotAllowedAsync(Drafts.Message(conversation, "late", "eve", "key"), asOf: 3);
        await NotAllowedAsync(Drafts.Added(conversation, "eve") with { SenderId = UserId.Parse("eve") }, asOf: 2);
        Assert.Equal(CommitStatus.Stored, await CommitAsync(Drafts.Message(conversation, "5", "ben"), asOf: 3));
        Assert.Equal(CommitStatus.Stored, await CommitAsync(Drafts.Message(conversation, "6", "ben", "key"), asOf: 3));
        // What was stored before is still answered with its place.
        Assert.Equal(CommitStatus.Duplicate,
            await CommitAsync(Drafts.Message(conversation, "mine", "eve", "once"), asOf: 3));

        await CommitAsync(Drafts.Added(conversation, "eve"));
        Assert.Equal(CommitStatus.Stored, await CommitAsync(Drafts.Message(conversation, "back", "eve"), asOf: 3));
        Assert.Equal(["mine", "5", "6", "back"],
            (await ReadAllAsync(conversation)).OfType<MessageEntry>().Select(message => message.Body));
    }

    private async Task NotAllowedAsync(ConversationEntry entry, long asOf)
    {
        try
        {
            Assert.Equal(CommitStatus.NotAllowed, await CommitAsync(entry, asOf));
        }
        catch (StoreException e)
        {
            Assert.Equal(StoreFailure.NotAllowed, e.Failure);
        }
    }

    private async Task<CommitStatus> CommitAsync(ConversationEntry entry, long asOf)
    {
        var draft = Drafts.Of(entry)[0] with { AsOf = asOf };
        return Assert.Single(await Stores.Messages.CommitAsync([draft], Drafts.Noon, None)).Status;
    }

    // CH-10
    [SpecFact]
    public async Task Time_rises_with_the_sequence_even_when_the_clock_goes_back()
    {
        var conversation = await CreateConversationAsync();

        await Stores.Messages.CommitAsync(Drafts.Of(Drafts.Message(conversation), Drafts.Message(conversation)),
            Drafts.Noon.AddHours(1).AddTicks(7), None);
        await Stores.Messages.CommitAsync(Drafts.Of(Drafts.Message(conversation, dedupeKey: "k"),
            Drafts.Message(conversation)), Drafts.Noon, None);
        await Stores.Messages.CommitAsync(Drafts.Of(Drafts.Message(conversation)), Drafts.Noon.AddHours(2), None);

        var times = (await ReadAllAsync(conversation)).Skip(1).Select(e => (e.CreatedAt - Drafts.Noon).Ticks / 10);
        const long hour = 3_600_000_000;
        Assert.Equal([hour, hour + 1, hour + 2, hour + 3, 2 * hour], times);
    }

    [SpecFact]
    public async Task The_first_entry_of_an_empty_log_has_sequence_1()
    {
        var outcome = Assert.Single(await CommitAsync(Drafts.Message(ConversationId.Lobby)));

        Assert.Equal((1, Drafts.Noon), (outcome.Sequence, outcome.CreatedAt));
    }

    [SpecFact]
    public async Task Every_kind_of_entry_comes_back_exactly()
    {
        var conversation = await CreateConversationAsync();
        ConversationEntry[] drafts = [.. EveryKind(conversation)];
        Assert.Equal(Enum.GetValues<EntryKind>().Length - 1, drafts.Select(d => d.Kind).Distinct().Count());

        var outcomes = await CommitAsync(drafts);

        var expected = drafts.Zip(outcomes, (d, o) => d with { Sequence = o.Sequence, CreatedAt = o.CreatedAt })
            .ToList();
        var actual = (await ReadAllAsync(conversation)).Skip(1).ToList();
        Assert.Equal(expected.Select(e => e.GetType()), actual.Select(e => e.GetType()));
        Assert.All(expected.Zip(actual), pair => Assert.Equivalent(pair.First, pair.Second, strict: true));
    }

    [SpecFact]
    public async Task An_entry_of_a_kind_that_a_newer_version_stored_is_read_as_one_that_is_not_known()
    {
        var conversation = await CreateConversationAsync();
        var stored = Assert.Single(await CommitAsync(Drafts.Message(conversation, "of the future")));
        await CommitAsync(Drafts.Message(conversation, "behind it"));
        await Database.ExecuteAsync("update messages set kind = 99, payload = '{\"new\":[1]}' where sequence = 2");

        var log = await ReadAllAsync(conversation);

        var unknown = Assert.IsType<UnknownEntry>(log[1]);
        Assert.Equal((stored.Id, 2, stored.CreatedAt, "ann", EntryKind.Unknown),
            (unknown.Id, unknown.Sequence, unknown.CreatedAt, unknown.SenderId.Value, unknown.Kind));
        Assert.Equal("behind it", Assert.IsType<MessageEntry>(log[2]).Body);
        var listed = await ListAsync(UserId.Parse("ann"));
        Assert.Contains(listed, summary => summary.Id == conversation);
    }

    [SpecFact]
    public async Task Pages_are_read_both_ways()
    {
        var conversation = await CreateConversationAsync();
        await CommitAsync([.. Enumerable.Range(2, 9).Select(i => Drafts.Message(conversation, $"{i}"))]);

        async Task<IEnumerable<long>> After(long after, int limit) =>
            (await Stores.Messages.ReadAfterAsync(conversation, after, limit, None)).Select(e => e.Sequence);
        async Task<IEnumerable<long>> Before(long before, int limit) =>
            (await Stores.Messages.ReadBeforeAsync(conversation, before, limit, None)).Select(e => e.Sequence);

        Assert.Equal([1, 2, 3], await After(0, 3));
        Assert.Equal([9, 10], await After(8, 50));
        Assert.Empty(await After(10, 50));
        Assert.Equal([8, 9, 10], await Before(long.MaxValue, 3));
        Assert.Equal([1, 2], await Before(3, 50));
        Assert.Empty(await Before(1, 50));
    }

    [SpecFact]
    public async Task Messages_are_paged_newest_first_without_other_kinds()
    {
        var conversation = await CreateConversationAsync();
        await CommitAsync(
            Drafts.Message(conversation, "2"), Drafts.Added(conversation, "carl"), Drafts.Message(conversation, "4"),
            Drafts.Message(conversation, "5"), Drafts.Message(conversation, "6"));

        async Task<IEnumerable<string?>> Page(long? before, long? after, int offset, int limit) =>
            (await Stores.Messages.ReadMessagesAsync(
                conversation, new(after ?? 0, before ?? long.MaxValue, after is not null, offset), limit, None))
            .Messages.Select(m => m.Body);

        Assert.Equal(["6", "5"], await Page(null, null, 0, 2));
        Assert.Equal(["4", "2"], await Page(null, null, 2, 50));
        Assert.Equal(["2"], await Page(5, null, 1, 50));
        Assert.Equal(["4", "2"], await Page(5, null, 0, 50));
        Assert.Equal(["5", "4"], await Page(null, 2, 0, 2));
        Assert.Equal(["5", "4"], await Page(6, 2, 0, 50));
        Assert.Empty(await Page(null, 6, 0, 50));
    }

    [SpecFact]
    public async Task A_page_ends_before_the_entry_that_would_make_it_too_large()
    {
        var conversation = await CreateConversationAsync();
        // 40 bytes each in UTF-8: what is counted is bytes, of all that an entry holds.
        var fat = Drafts.Message(conversation, new string('\u00e9', 10)) with
        {
            AttachmentUrl = new string('u', 10), AttachmentMeta = new RawJson("[1,2,3,44]")
        };
        await CommitAsync([.. Enumerable.Range(2, 9).Select(_ => fat with { Id = MessageId.New(Drafts.Noon) })]);

        async Task<IEnumerable<long>> After(long after, int bytes) =>
            (await Stores.Messages.ReadAfterAsync(conversation, after, new(5, bytes), None)).Select(e => e.Sequence);
        async Task<IEnumerable<long>> Before(long before, int bytes) =>
            (await Stores.Messages.ReadBeforeAsync(conversation, before, new(5, bytes), None)).Select(e => e.Sequence);

        Assert.Equal([2, 3], await After(1, 119));
        Assert.Equal([2, 3, 4], await After(1, 120));
        Assert.Equal([2, 3, 4, 5, 6], await After(1, 4_000));
        Assert.Equal([7], await After(6, 1));
        Assert.Equal([9, 10], await Before(11, 119));
        Assert.Equal([8, 9, 10], await Before(11, 120));
        Assert.Equal([8], await Before(9, 1));
    }

    [SpecFact]
    public async Task What_follows_several_places_comes_in_their_order_up_to_the_limit_of_all_together()
    {
        var (first, second, empty) = (await CreateConversationAsync(), await CreateConversationAsync(),
            await CreateConversationAsync());
        foreach (var conversation in new[] { first, second })
            await CommitAsync(
                [.. Enumerable.Range(2, 4).Select(_ => Drafts.Message(conversation, new string('x', 100)))]);

        async Task<(string Entries, bool IsCut)> After(int entries, int bytes, params LogPlace[] places)
        {
            var read = await Stores.Messages.ReadAfterAsync(places, new(entries, bytes), None);
            return (string.Join(' ', read.Entries.Select(e =>
                $"{(e.ConversationId == first ? "a" : e.ConversationId == second ? "b" : "c")}{e.Sequence}")),
                read.IsCut);
        }

        LogPlace[] places = [new(second, 3), new(empty, 1), new(first, 2), new(ConversationId.New(Drafts.Noon), 0)];
        Assert.Equal(("b4 b5 a3 a4 a5", false), await After(50, 4_000, places));
        Assert.Equal(("b4 b5 a3", true), await After(3, 4_000, places));
        Assert.Equal(("b4 b5", true), await After(2, 4_000, places));
        Assert.Equal(("b4 b5 a3", true), await After(50, 399, places));
        Assert.Equal(("b4", true), await After(50, 1, places));
        Assert.Equal(("", false), await After(50, 4_000, new LogPlace(empty, 1)));
        Assert.Equal(("", false), await After(50, 4_000));
    }

    [SpecFact]
    public async Task A_page_of_messages_that_ends_because_of_its_bytes_says_so()
    {
        var conversation = await CreateConversationAsync();
        await CommitAsync([.. Enumerable.Range(2, 4).Select(i => Drafts.Message(conversation, new string('x', 100)))]);

        Task<MessagePage> Page(bool fromOldest, int limit, int bytes) => Stores.Messages.ReadMessagesAsync(
            conversation, new(0, long.MaxValue, fromOldest, 0), new(limit, bytes), None);

        var newest = await Page(fromOldest: false, 50, 399);
        Assert.Equal([5, 4, 3], newest.Messages.Select(m => m.Sequence));
        Assert.True(newest.IsCut);
        var oldest = await Page(fromOldest: true, 50, 399);
        Assert.Equal([4, 3, 2], oldest.Messages.Select(m => m.Sequence));
        Assert.True(oldest.IsCut);
        Assert.False((await Page(fromOldest: false, 50, 400)).IsCut);
        Assert.False((await Page(fromOldest: false, 2, 250)).IsCut);
    }

    private static IEnumerable<ConversationEntry> EveryKind(ConversationId conversation)
    {
        var message = Drafts.Message(conversation, "grüße 👩‍👩‍👧 \u2028 \"quoted\" \\ {,}", "Zoë 🦉");
        yield return message;
        yield return message with { Id = MessageId.New(Drafts.Noon), Body = new string('x', 65_536) };
        yield return message with
        {
            Id = MessageId.New(Drafts.Noon), Body = null, MsgType = MessageType.Image,
            AttachmentUrl = "https://example.org/ä?b={c,d}",
            AttachmentMeta = new RawJson("{ \"b\":1.0, \"a\" : [1e3,null,\"\\u00e9\"] }"), DedupeKey = "key-1",
        };
        yield return message with
        {
            Id = MessageId.New(Drafts.Noon), Body = null, MsgType = MessageType.File,
            AttachmentMeta = new RawJson("null")
        };
        var created = Drafts.Created("ann", "bob");
        yield return created with { ConversationId = conversation, Sequence = 0, Title = "Ünïcode 🎉" };
        yield return Drafts.Added(conversation, "carl", "dörte");
        yield return Drafts.Removed(conversation, "carl");
        ConversationRenamedEntry renamed = new()
        {
            Id = MessageId.New(Drafts.Noon), ConversationId = conversation, Sequence = 0,
            SenderId = UserId.Parse("ann"), CreatedAt = default, Title = "neu",
        };
        yield return renamed;
        yield return renamed with { Id = MessageId.New(Drafts.Noon), Title = null };
        yield return new MessageEditedEntry
        {
            Id = MessageId.New(Drafts.Noon), ConversationId = conversation, Sequence = 0,
            SenderId = UserId.Parse("ann"), CreatedAt = default,
            TargetSequence = 2, Body = "better",
        };
        yield return new MessageDeletedEntry
        {
            Id = MessageId.New(Drafts.Noon), ConversationId = conversation, Sequence = 0,
            SenderId = UserId.Parse("ann"), CreatedAt = default, TargetSequence = 3,
        };
        ReactionEntry reaction = new()
        {
            Id = MessageId.New(Drafts.Noon), ConversationId = conversation, Sequence = 0,
            SenderId = UserId.Parse("bob"), CreatedAt = default,
            TargetSequence = 4, Reaction = "👍🏽",
        };
        yield return reaction;
        yield return reaction with { Id = MessageId.New(Drafts.Noon), Removed = true };
    }
}
