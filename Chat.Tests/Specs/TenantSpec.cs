using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Rules;
using Chat.Server.Callers;
using Chat.Server.Persistence;
using Chat.Tests.Fixtures;

namespace Chat.Tests.Specs;

/// <summary>What the stores promise to two tenants with the same names, on either database: neither sees the
/// other.</summary>
public abstract class TenantSpec : StoreSpec
{
    private static readonly Tenant Acme = Tenant.Parse("acme");
    private static readonly UserKey Ann = UserId.Parse("ann").Key();
    private static readonly UserKey AnnOfAcme = new(Acme, UserId.Parse("ann"));

    private static CancellationToken None => CancellationToken.None;

    private ConversationStore Conversations => Stores.Conversations;

    [SpecFact]
    public async Task A_conversation_of_another_tenant_does_not_exist()
    {
        var here = await CreateConversationAsync("ann", "bob");
        var there = await CreateAsync(Acme, "ann", "carl");

        Assert.NotNull(await Stores.FindAccessAsync(here, Ann));
        Assert.NotNull(await Stores.FindAccessAsync(there, AnnOfAcme));
        Assert.Null(await Stores.FindAccessAsync(here, AnnOfAcme));
        Assert.Null(await Stores.FindAccessAsync(there, Ann));
        Assert.Null(await Stores.FindAccessAsync(ConversationId.Lobby, AnnOfAcme));
        Assert.False(await Conversations.ExistsAsync(there, Tenant.Default, None));
        Assert.True(await Conversations.ExistsAsync(there, Acme, None));
        Assert.Equal([here, ConversationId.Lobby], await ListedAsync(Ann));
        Assert.Equal([there], await ListedAsync(AnnOfAcme));
    }

    [SpecFact]
    public async Task A_pair_of_one_tenant_has_a_direct_conversation_of_its_own()
    {
        var created = Drafts.Created("ann", "bob");
        var here = await Conversations.CreateAsync(created, ConversationKind.Direct, hasOwner: true, None);
        var there = await Conversations.CreateAsync(
            Acme, Drafts.Created("ann", "bob"), ConversationKind.Direct, hasOwner: true, None);
        var again = await Conversations.CreateAsync(
            Acme, Drafts.Created("bob", "ann"), ConversationKind.Direct, hasOwner: true, None);

        Assert.NotEqual(here.Id, there.Id);
        Assert.Equal(there.Id, again.Id);
    }

    [SpecFact]
    public async Task A_user_who_is_added_takes_part_in_the_conversations_tenant()
    {
        var there = await CreateAsync(Acme, "ann");
        await CommitAsync(new ParticipantsAddedEntry
        {
            Id = MessageId.New(Drafts.Noon), ConversationId = there, Sequence = 0, SenderId = Ann.Id,
            CreatedAt = Drafts.Noon, ParticipantIds = [UserId.Parse("carl")],
        });

        Assert.Equal([there], await ListedAsync(new UserKey(Acme, UserId.Parse("carl"))));
        Assert.DoesNotContain(there, await ListedAsync(UserId.Parse("carl").Key()));
    }

    [SpecFact]
    public async Task Users_of_another_tenant_cannot_mark_anything_read_in_the_lobby()
    {
        Assert.Equal(default, await Conversations.MarkReadAsync(ConversationId.Lobby, AnnOfAcme, 1, None));
        await Conversations.MarkUnreadAsync(ConversationId.Lobby, AnnOfAcme, 1, None);
        Assert.Empty(await Conversations.ReadPositionsAsync(ConversationId.Lobby, 10, None));
    }

    [SpecFact]
    public async Task Contacts_and_last_seen_times_are_those_of_the_tenant()
    {
        await CreateConversationAsync("ann", "bob");
        await CreateAsync(Acme, "ann", "carl");
        await Stores.Presence.NoteLastSeenAsync(
            [new(Ann, Drafts.Noon), new(AnnOfAcme, Drafts.Noon.AddMinutes(1))], None);

        Assert.Equal(["bob"], (await Stores.Presence.FindContactsAsync(Ann, 10, None)).Select(c => c.Id.Value));
        Assert.Equal([new UserKey(Acme, UserId.Parse("carl"))],
            await Stores.Presence.FindContactsAsync(AnnOfAcme, 10, None));
        Assert.Equal(Drafts.Noon, (await Stores.Presence.FindLastSeenAsync([Ann], None))[Ann]);
        Assert.Equal(Drafts.Noon.AddMinutes(1),
            (await Stores.Presence.FindLastSeenAsync([AnnOfAcme], None))[AnnOfAcme]);
    }

    [SpecFact]
    public async Task Names_are_those_of_the_tenant_and_shown_to_who_shares_a_conversation()
    {
        await CreateConversationAsync("ann", "bob");
        var blocked = await CreateConversationAsync("ann", "eve");
        await CreateAsync(Acme, "ann", "carl");
        await Database.ExecuteAsync("update participants set role = 2 where user_id = 'eve'");
        foreach (var user in new[] { "ann", "lurker" })
            await Conversations.MarkReadAsync(ConversationId.Lobby, UserId.Parse(user), 0, None);
        UserId[] asked = [.. new[] { "ann", "bob", "carl", "eve", "lurker", "nobody" }.Select(UserId.Parse)];

        Assert.Equal(["ann", "bob"], await SharingAsync(Ann, asked));
        Assert.Equal(["ann", "carl"], await SharingAsync(AnnOfAcme, asked));
        Assert.Equal(["eve"], await SharingAsync(UserId.Parse("eve").Key(), asked));

        Assert.True(await Stores.Users.SetNameAsync(Ann, "Ann", None));
        Assert.True(await Stores.Users.SetNameAsync(AnnOfAcme, "Anna", None));
        Assert.False(await Stores.Users.SetNameAsync(Ann, "Ann", None));
        Assert.Equal([(Ann.Id, "Ann"), (UserId.Parse("bob"), null)],
            (await Stores.Users.ReadAsync(Tenant.Default, [Ann.Id, UserId.Parse("bob")], None))
                .Select(one => (one.UserId, one.Name)));
        Assert.Equal("Anna", Assert.Single(await Stores.Users.ReadAsync(Acme, [Ann.Id], None)).Name);
        Assert.NotEqual(default, blocked);
    }

    [SpecFact]
    public async Task A_name_is_written_once_however_many_write_it_and_taken_away_again()
    {
        var hosts = new[] { Stores, AnotherInstance(), AnotherInstance(), AnotherInstance() };
        await Task.WhenAll(hosts.Select((host, i) => Task.Run(() => host.Users.SetNameAsync(Ann, $"Ann {i}", None))));
        await Stores.Presence.NoteLastSeenAsync([new(Ann, Drafts.Noon)], None);
        Assert.StartsWith("Ann ", Assert.Single(await Stores.Users.ReadAsync(Tenant.Default, [Ann.Id], None)).Name);

        Assert.True(await Stores.Users.SetNameAsync(Ann, null, None));
        Assert.False(await Stores.Users.SetNameAsync(Ann, null, None));
        Assert.False(await Stores.Users.SetNameAsync(UserId.Parse("nobody").Key(), null, None));

        Assert.Null(Assert.Single(await Stores.Users.ReadAsync(Tenant.Default, [Ann.Id], None)).Name);
        Assert.Equal(Drafts.Noon, (await Stores.Presence.FindLastSeenAsync([Ann], None))[Ann]);
    }

    private async Task<ConversationId> CreateAsync(Tenant tenant, params string[] participants)
    {
        var created = Drafts.Created(participants);
        await Conversations.CreateAsync(tenant, created, ConversationKind.Group, hasOwner: true, None);
        return created.ConversationId;
    }

    private async Task<IEnumerable<ConversationId>> ListedAsync(UserKey user) =>
        (await Conversations.ListAsync(user, CheckedListPage.First, None)).Select(one => one.Id);

    private async Task<IEnumerable<string>> SharingAsync(UserKey user, UserId[] asked) =>
        (await Stores.Users.FindSharingAsync(user, asked, None)).Select(one => one.Value)
        .Order(StringComparer.Ordinal);
}
