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
    public async Task Reading_agrees_with_the_outcome()
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
}
