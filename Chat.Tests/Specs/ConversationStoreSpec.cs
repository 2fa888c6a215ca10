using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Server.Callers;
using Chat.Server.Persistence;
using Chat.Tests.Fixtures;

namespace Chat.Tests.Specs;

/// <summary>What the conversation store promises, on either database.</summary>
public abstract class ConversationStoreSpec : StoreSpec
{
    private static readonly UserId Ann = UserId.Parse("ann");
    private static readonly UserId Bob = UserId.Parse("bob");

    private static CancellationToken None => CancellationToken.None;

    private ConversationStore Conversations => Stores.Conversations;

    [SpecFact]
    public async Task A_new_group_is_stored_with_its_first_entry_and_its_participants()
    {
        var created = Drafts.Created("ann", "bob") with { Title = "team" };

        var summary = await Conversations.CreateAsync(created, ConversationKind.Group, hasOwner: true, None);

        Assert.Equal((created.ConversationId, ConversationKind.Group, "team", 1L, Drafts.Noon),
            (summary.Id, summary.Kind, summary.Title, summary.LastSequence, summary.CreatedAt));
        Assert.Equivalent(created, Assert.Single(await ReadAllAsync(created.ConversationId)), strict: true);
        Assert.Equal(ParticipantRole.Owner,
            (await Stores.FindAccessAsync(created.ConversationId, Ann))?.Role);
        Assert.Equal(ParticipantRole.Member,
            (await Stores.FindAccessAsync(created.ConversationId, Bob))?.Role);
        Assert.Equal(2, Assert.Single(await CommitAsync(Drafts.Message(created.ConversationId))).Sequence);
    }

    [SpecFact]
    public async Task A_conversation_without_a_creator_has_no_owner()
    {
        var created = Drafts.Created("ann", "bob");

        await Conversations.CreateAsync(created, ConversationKind.Group, hasOwner: false, None);

        Assert.Equal(ParticipantRole.Member,
            (await Stores.FindAccessAsync(created.ConversationId, Ann))?.Role);
    }

    [SpecFact]
    public async Task Access_tells_strangers_from_what_does_not_exist_and_upper_from_lower_case()
    {
        var conversation = await CreateConversationAsync("ann", "bob");

        Assert.Equal(new ConversationAccess(ConversationKind.Group, null, 1),
            await Stores.FindAccessAsync(conversation, UserId.Parse("Ann")));
        Assert.Equal(new ConversationAccess(ConversationKind.Public, null, 0),
            await Stores.FindAccessAsync(ConversationId.Lobby, Ann));
        Assert.Null(await Stores.FindAccessAsync(ConversationId.New(Drafts.Noon), Ann));
        Assert.True(await Conversations.ExistsAsync(conversation, None));
        Assert.False(await Conversations.ExistsAsync(ConversationId.New(Drafts.Noon), None));
    }

    [SpecFact]
    public async Task The_same_two_users_have_one_direct_conversation_whichever_of_them_asks()
    {
        var first = await Conversations.CreateAsync(Drafts.Created("ann", "bob"), ConversationKind.Direct,
            hasOwner: true, None);
        await CommitAsync(Drafts.Message(first.Id, "hi"));

        var second = await Conversations.CreateAsync(Drafts.Created("bob", "ann"), ConversationKind.Direct,
            hasOwner: true, None);
        var other = await Conversations.CreateAsync(Drafts.Created("ann", "bobby"), ConversationKind.Direct,
            hasOwner: true, None);

        Assert.Equal((first.Id, 2L, 1L), (second.Id, second.LastSequence, second.LastReadSequence));
        Assert.Equal("hi", Assert.IsType<MessageEntry>(second.LastEntry).Body);
        Assert.NotEqual(first.Id, other.Id);
    }

    [SpecFact]
    public async Task Instances_that_make_the_same_direct_conversation_at_once_get_one()
    {
        var hosts = new[] { Stores, AnotherInstance(), AnotherInstance(), AnotherInstance() };
        for (var round = 0; round < 5; round++)
        {
            var peer = $"peer{round}";
            var made = await Task.WhenAll(hosts.Select((h, i) => Task.Run(() => h.Conversations.CreateAsync(
                i % 2 == 0 ? Drafts.Created("ann", peer) : Drafts.Created(peer, "ann"), ConversationKind.Direct,
                hasOwner: true, None))));

            var id = Assert.Single(made.Select(m => m.Id).Distinct());
            Assert.Single(await ReadAllAsync(id));
        }
    }

    [SpecFact]
    public async Task The_list_has_ones_own_and_the_lobby_most_recently_active_first()
    {
        var quiet = await CreateConversationAsync("ann", "bob");
        var busy = await CreateConversationAsync("ann", "bob");
        var blocked = await CreateConversationAsync("ann", "bob");
        await CreateConversationAsync("bob", "carl");
        await Database.ExecuteAsync("update participants set role = 2 where user_id = 'ann'");
        await Database.ExecuteAsync("update participants set role = 0 where user_id = 'ann' and conversation_id <> "
            + Literal(blocked));
        await Stores.Messages.CommitAsync(Drafts.Of(Drafts.Message(busy, "news")), Drafts.Noon.AddHours(1), None);

        var before = await ListAsync(Ann);
        await Stores.Messages.CommitAsync(Drafts.Of(Drafts.Message(ConversationId.Lobby, "all")),
            Drafts.Noon.AddHours(2), None);
        var after = await ListAsync(Ann);

        Assert.Equal([busy, quiet, ConversationId.Lobby], before.Select(c => c.Id));
        Assert.Equal([ConversationId.Lobby, busy, quiet], after.Select(c => c.Id));
        Assert.Equal("news", Assert.IsType<MessageEntry>(before[0].LastEntry).Body);
        Assert.Null(before[2].LastEntry);
        Assert.Equal("all", Assert.IsType<MessageEntry>(after[0].LastEntry).Body);
    }

    // CH-65
    [SpecFact]
    public async Task A_read_position_goes_forward_only_and_not_past_the_newest_entry()
    {
        var conversation = await CreateConversationAsync("ann", "bob");
        await CommitAsync(Drafts.Message(conversation), Drafts.Message(conversation));

        async Task<long> MarkAsync(UserId user, long sequence)
        {
            await Conversations.MarkReadAsync(conversation, user, sequence, None);
            return (await ListAsync(user)).First(c => c.Id == conversation).LastReadSequence;
        }

        Assert.Equal(2, await MarkAsync(Bob, 2));
        Assert.Equal(2, await MarkAsync(Bob, 1));
        Assert.Equal(3, await MarkAsync(Bob, 1_000));
        await Conversations.MarkReadAsync(conversation, UserId.Parse("stranger"), 1, None);
        Assert.Null((await Stores.FindAccessAsync(conversation, UserId.Parse("stranger")))?.Role);
    }

    [SpecFact]
    public async Task A_user_who_reads_the_lobby_has_a_position_there_from_then_on()
    {
        await CommitAsync(Drafts.Message(ConversationId.Lobby), Drafts.Message(ConversationId.Lobby));

        await Conversations.MarkReadAsync(ConversationId.Lobby, Bob, 2, None);

        Assert.Equal((2L, 0L),
            Assert.Single((await ListAsync(Bob)).Select(c => (c.LastReadSequence, c.UnreadCount))));
    }

    [SpecFact]
    public async Task Marking_says_where_the_position_moved_to_or_that_it_did_not()
    {
        var conversation = await CreateConversationAsync("ann", "bob");
        await CommitAsync(Drafts.Message(conversation), Drafts.Message(conversation),
            Drafts.Message(ConversationId.Lobby));

        async Task<long?> MarkAsync(ConversationId where, UserId user, long sequence) =>
            (await Conversations.MarkReadAsync(where, user, sequence, None)).Position;

        Assert.Equal(2, await MarkAsync(conversation, Bob, 2));
        Assert.Null(await MarkAsync(conversation, Bob, 2));
        Assert.Null(await MarkAsync(conversation, Bob, 1));
        Assert.Equal(3, await MarkAsync(conversation, Bob, 1_000));
        Assert.Null(await MarkAsync(conversation, UserId.Parse("stranger"), 1));
        Assert.Null(await MarkAsync(ConversationId.New(Drafts.Noon), Bob, 1));
        Assert.Equal(1, await MarkAsync(ConversationId.Lobby, Bob, 5));
    }

    [SpecFact]
    public async Task Read_positions_are_listed_the_furthest_first_and_begin_where_users_were_added()
    {
        var conversation = await CreateConversationAsync("ann", "bob", "cid", "dan");
        await CommitAsync(Drafts.Message(conversation), Drafts.Message(conversation));
        foreach (var (user, sequence) in new[] { ("ann", 1L), ("bob", 3L), ("cid", 2L) })
            await Conversations.MarkReadAsync(conversation, UserId.Parse(user), sequence, None);

        var all = await Conversations.ReadPositionsAsync(conversation, 1_000, None);
        Assert.Equal(["bob 3", "cid 2", "ann 1", "dan 1"], all.Select(p => $"{p.UserId} {p.Sequence}"));
        Assert.All(all, position => Assert.Equal(conversation, position.ConversationId));
        Assert.Equal(["bob", "cid"],
            (await Conversations.ReadPositionsAsync(conversation, 2, None)).Select(p => p.UserId.Value));
    }

    [SpecFact]
    public async Task Participants_are_found_in_any_role()
    {
        var conversation = await CreateConversationAsync("ann", "bob", "zoë");
        await Database.ExecuteAsync("update participants set role = 2 where user_id = 'bob'");

        var found = await Stores.Rights.FindAsync(conversation, Tenant.Default,
            [Ann, Bob, UserId.Parse("zoë"), UserId.Parse("eve")], None);

        Assert.Equal(["ann", "bob", "zoë"], found!.Standings.Keys.Select(u => u.Value).Order());
        Assert.Equal((ParticipantRole.Owner, ParticipantRole.Blocked, null),
            (found.Of(Ann).Role, found.Of(Bob).Role, found.Of(UserId.Parse("eve")).Role));
        Assert.Empty((await Stores.Rights.FindAsync(conversation, Tenant.Default, [], None))!.Standings);
    }
}
