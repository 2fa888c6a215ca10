using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Server.Callers;
using Chat.Server.Persistence;
using Chat.Tests.Fixtures;

namespace Chat.Tests.Specs;

/// <summary>The part of what every <see cref="IMessageStore"/> promises that is about storing once, and about what
/// changes with the log.</summary>
public abstract class MessageStoreOnceSpec : StoreSpec
{
    private static CancellationToken None => CancellationToken.None;

    [SpecFact]
    public async Task A_known_dedupe_key_answers_with_the_first_entry_and_stores_nothing()
    {
        var conversation = await CreateConversationAsync();
        var first = Drafts.Message(conversation, "first", dedupeKey: "k");
        var stored = (await CommitAsync(first))[0];

        var outcomes = await Stores.Messages.CommitAsync(
            Drafts.Of(
                Drafts.Message(conversation, "before"), Drafts.Message(conversation, "again", dedupeKey: "k"),
                Drafts.Message(conversation, "after")),
            Drafts.Noon.AddHours(1), None);

        Assert.Equal(new CommitOutcome(CommitStatus.Duplicate, first.Id, stored.Sequence, stored.CreatedAt),
            outcomes[1]);
        Assert.Equal([3, 4], new[] { outcomes[0].Sequence, outcomes[2].Sequence });
        Assert.Equal(["first", "before", "after"],
            (await ReadAllAsync(conversation)).OfType<MessageEntry>().Select(m => m.Body));
    }

    [SpecFact]
    public async Task A_batch_of_nothing_but_duplicates_moves_nothing()
    {
        var conversation = await CreateConversationAsync();
        await CommitAsync(Drafts.Message(conversation, dedupeKey: "k"));

        var outcome = Assert.Single(await CommitAsync(Drafts.Message(conversation, dedupeKey: "k")));

        Assert.Equal((CommitStatus.Duplicate, 2), (outcome.Status, outcome.Sequence));
        Assert.Equal(new LogHead(2, LastAt: outcome.CreatedAt),
            (await Stores.Messages.ReadHeadsAsync([conversation], None))[conversation]);
    }

    [SpecFact]
    public async Task A_dedupe_key_counts_for_its_sender_and_its_conversation_only()
    {
        var a = await CreateConversationAsync();
        var b = await CreateConversationAsync();

        var outcomes = await CommitAsync(
            Drafts.Message(a, dedupeKey: "k"), Drafts.Message(a, sender: "bob", dedupeKey: "k"),
            Drafts.Message(b, dedupeKey: "k"), Drafts.Message(a, dedupeKey: "K"));

        Assert.All(outcomes, o => Assert.Equal(CommitStatus.Stored, o.Status));
    }

    [SpecFact]
    public async Task Of_instances_that_race_with_one_key_one_stores_and_all_answer_alike()
    {
        var conversation = await CreateConversationAsync();
        var hosts = new[] { Stores, AnotherInstance(), AnotherInstance() };
        for (var round = 0; round < 20; round++)
        {
            var key = $"k{round}";
            var outcomes = await Task.WhenAll(hosts.Select(h => Task.Run(async () =>
            {
                var drafts = Drafts.Of(Drafts.Message(conversation, dedupeKey: key), Drafts.Message(conversation));
                return (await h.Messages.CommitAsync(drafts, Drafts.Noon, None))[0];
            })));

            Assert.Single(outcomes, o => o.Status == CommitStatus.Stored);
            Assert.Single(outcomes.Select(o => (o.Id, o.Sequence, o.CreatedAt)).Distinct());
        }
        Assert.Equal(1 + 20 * 4, (await ReadAllAsync(conversation)).Count);
    }

    [SpecFact]
    public async Task Membership_changes_with_the_entry_in_the_order_of_the_list()
    {
        var conversation = await CreateConversationAsync("ann", "bob");
        ConversationChangedEntry renamed = new()
        {
            Id = MessageId.New(Drafts.Noon), ConversationId = conversation, Sequence = 0,
            SenderId = UserId.Parse("ann"), CreatedAt = default, Title = "new name",
        };

        await CommitAsync(
            Drafts.Message(conversation), Drafts.Added(conversation, "carl", "dan"),
            Drafts.Removed(conversation, "carl"), Drafts.Removed(conversation, "bob"),
            renamed, Drafts.Message(conversation, dedupeKey: "k"), Drafts.Added(conversation, "bob"));

        Assert.Equal(["ann", "bob", "dan"], await ParticipantsAsync(conversation, "ann", "bob", "carl", "dan"));
        Assert.Equal("new name",
            (await ListAsync(UserId.Parse("ann"))).First(c => c.Id == conversation).Title);
    }

    [SpecFact]
    public async Task A_blocked_user_stays_listed_and_blocked()
    {
        var conversation = await CreateConversationAsync("ann", "bob");
        await Database.ExecuteAsync("update participants set role = 2 where user_id = 'bob'");

        await CommitAsync(Drafts.Removed(conversation, "bob"), Drafts.Added(conversation, "bob"));

        var access = await Stores.FindAccessAsync(conversation, UserId.Parse("bob"));
        Assert.Equal(ParticipantRole.Blocked, access?.Role);
    }

    [SpecFact]
    public async Task Resolving_tells_what_is_stored_and_what_is_not()
    {
        var a = await CreateConversationAsync();
        var b = await CreateConversationAsync();
        var stored = new[] { Drafts.Message(a), Drafts.Message(b, dedupeKey: "k"), Drafts.Message(a) };
        var lost = Drafts.Message(a, "never committed");
        var outcomes = await CommitAsync(stored);
        await CommitAsync(Drafts.Message(a, "later"));

        var resolved = await Stores.Messages.ResolveAsync(Drafts.Of(stored[2], lost, stored[0], stored[1]), None);

        Assert.Equal([outcomes[2], null, outcomes[0], outcomes[1]], resolved);
        Assert.Empty(await Stores.Messages.ResolveAsync(Drafts.Of(), None));
    }

    private async Task<IEnumerable<string>> ParticipantsAsync(ConversationId conversation, params string[] asked) =>
        (await Stores.Rights.FindAsync(conversation, Tenant.Default, [.. asked.Select(UserId.Parse)], None))!.Standings
            .Where(one => one.Value.Role is not null).Select(one => one.Key.Value).Order();
}
