using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Server.Callers;
using Chat.Server.Persistence;
using Chat.Server.Persistence.Entries;
using Chat.Tests.Fixtures;

namespace Chat.Tests.Specs;

/// <summary>What the commit itself decides of rights, behind the conversation's lock, on either database.</summary>
public abstract class RightsSpec : StoreSpec
{
    private static readonly UserId Ann = UserId.Parse("ann"), Bob = UserId.Parse("bob");

    private static CancellationToken None => CancellationToken.None;

    // CH-197: asked again where somebody's right was taken since the sender's was read
    [SpecFact]
    public async Task Nothing_of_one_who_was_muted_is_stored_behind_the_entry_until_the_mute_ends()
    {
        var conversation = await CreateConversationAsync("ann", "bob", "cid");
        var until = Drafts.Noon.AddMinutes(10);
        await SetRoleAsync(conversation, Bob, ParticipantRole.Readonly, new RoleTerms(until, "")); // 2

        await NotAllowedAsync(Message(conversation, Bob, asOf: 1), Drafts.Noon.AddMinutes(9));
        await NotAllowedAsync(Message(conversation, Bob, asOf: 1, key: "k"), Drafts.Noon.AddMinutes(9));
        await NotAllowedAsync(Message(conversation, Bob, asOf: 1, slow: 5), Drafts.Noon.AddMinutes(9));
        Assert.Equal(CommitStatus.Stored,
            (await CommitAsync(Message(conversation, UserId.Parse("cid"), asOf: 1), Drafts.Noon)).Status);
        Assert.Equal(CommitStatus.Stored, (await CommitAsync(Message(conversation, Bob, asOf: 1), until)).Status);
    }

    // CH-196
    [SpecFact]
    public async Task A_ban_takes_the_right_in_a_group_for_good_and_in_public_until_it_ends()
    {
        var group = await CreateConversationAsync("ann", "bob");
        foreach (var conversation in new[] { group, ConversationId.Lobby })
            await CommitAsync(new Draft(NewId(), conversation, Ann, EntryContent.ParticipantRemoved(Bob))
            {
                Terms = new RoleTerms(Drafts.Noon.AddMinutes(1), "rude")
            }, Drafts.Noon);

        foreach (var conversation in new[] { group, ConversationId.Lobby })
            await NotAllowedAsync(Message(conversation, Bob, asOf: 0), Drafts.Noon);
        await NotAllowedAsync(Message(group, Bob, asOf: 0), Drafts.Noon.AddHours(1));
        Assert.Equal(CommitStatus.Stored,
            (await CommitAsync(Message(ConversationId.Lobby, Bob, asOf: 0), Drafts.Noon.AddHours(1))).Status);
        // Noon is long over: the ban has ended.
        Assert.Null((await Stores.FindAccessAsync(group, Bob))!.Role);
        Assert.True((await Stores.FindAccessAsync(ConversationId.Lobby, Bob))!.MayWrite);
    }

    [SpecFact]
    public async Task A_ban_without_an_end_is_told_with_its_reason_and_lifted_by_adding()
    {
        var conversation = await CreateConversationAsync("ann", "bob");
        await CommitAsync(new Draft(NewId(), conversation, Ann, EntryContent.ParticipantRemoved(Bob))
        {
            Terms = new RoleTerms(null, "rude")
        }, Drafts.Noon);

        var access = (await Stores.FindAccessAsync(conversation, Bob))!;
        Assert.Equal((ParticipantRole.Blocked, "rude", null), (access.Role, access.Reason, access.Until));
        var added = new Draft(NewId(), conversation, Ann, EntryContent.ParticipantsAdded([Bob]));
        await CommitAsync(added, Drafts.Noon);
        Assert.Equal(ParticipantRole.Blocked, (await Stores.FindAccessAsync(conversation, Bob))!.Role);
        await CommitAsync(added with { Id = NewId(), LiftsBans = true }, Drafts.Noon);
        Assert.Equal(ParticipantRole.Member, (await Stores.FindAccessAsync(conversation, Bob))!.Role);
    }

    // CH-192
    [SpecFact]
    public async Task Privileged_acts_are_refused_when_any_right_changed_since_it_was_read()
    {
        var conversation = await CreateConversationAsync("ann", "bob", "cid");
        await CommitAsync(Message(conversation, Ann, asOf: 1), Drafts.Noon); // 2: no change of rights
        await SetRoleAsync(conversation, Bob, ParticipantRole.Moderator); // 3

        var rename = new Draft(NewId(), conversation, Ann, EntryContent.ConversationChanged(new() { Title = "new" }));
        await NotAllowedAsync(rename with { RightsAsOf = 1 }, Drafts.Noon);
        await NotAllowedAsync(rename with { RightsAsOf = 2 }, Drafts.Noon);
        Assert.Equal(4, (await CommitAsync(rename with { RightsAsOf = 3 }, Drafts.Noon)).Sequence);
    }

    // CH-194
    [SpecFact]
    public async Task The_next_owner_is_stored_with_the_removal_of_the_last_one_or_not_at_all()
    {
        var conversation = await CreateConversationAsync("ann", "bob");
        await SetRoleAsync(conversation, Bob, ParticipantRole.Member); // 2: a change of rights
        var next = new Draft(NewId(), conversation, Ann, EntryContent.RoleChanged(Bob, ParticipantRole.Owner));
        var removal = new Draft(NewId(), conversation, Ann, EntryContent.ParticipantRemoved(Ann)) { Next = next };
        try
        {
            var refused = await Stores.Messages.CommitAsync([removal with { RightsAsOf = 1 }, next], Drafts.Noon, None);
            Assert.All(refused, outcome => Assert.Equal(CommitStatus.NotAllowed, outcome.Status));
        }
        catch (StoreException e)
        {
            Assert.Equal(StoreFailure.NotAllowed, e.Failure);
        }
        Assert.Equal(2, (await ReadAllAsync(conversation)).Count);

        var stored = await Stores.Messages.CommitAsync([removal with { RightsAsOf = 2 }, next], Drafts.Noon, None);

        Assert.Equal([3, 4], stored.Select(outcome => outcome.Sequence));
        Assert.Equal(ParticipantRole.Owner, (await Stores.FindAccessAsync(conversation, Bob))!.Role);
        Assert.Null((await Stores.FindAccessAsync(conversation, Ann))!.Role);
    }

    // CH-198
    [SpecFact]
    public async Task In_slow_mode_instances_together_let_one_message_through()
    {
        var conversation = await CreateConversationAsync("ann", "bob", "cid");
        var other = AnotherInstance();
        for (var round = 0; round < 5; round++)
        {
            var now = Drafts.Noon.AddSeconds(10 * round);
            var key = $"{round}";
            var both = await Task.WhenAll(new[] { Stores, other }.Select(host => Task.Run(() =>
                host.Messages.CommitAsync(
                [
                    Message(conversation, Bob, slow: 10), Message(conversation, Ann),
                    Message(conversation, Bob, slow: 10, key: $"{key} {host.GetHashCode()}"),
                    Message(conversation, UserId.Parse("cid"), slow: 10),
                ], now, None))));
            var bobs = both.SelectMany(outcomes => new[] { outcomes[0], outcomes[2] }).ToList();
            Assert.Single(bobs, outcome => outcome.Status == CommitStatus.Stored);
            Assert.All(bobs.Where(outcome => outcome.Status != CommitStatus.Stored), outcome =>
                Assert.Equal((CommitStatus.TooSoon, now.AddSeconds(10)), (outcome.Status, outcome.CreatedAt)));
            Assert.Single(both, outcomes => outcomes[3].Status == CommitStatus.Stored);
            Assert.All(both, outcomes => Assert.Equal(CommitStatus.Stored, outcomes[1].Status));
        }
        var log = await ReadAllAsync(conversation);
        Assert.Equal(1 + 5 * 4, log.Count);
        Assert.Equal(Enumerable.Range(1, log.Count).Select(i => (long)i), log.Select(entry => entry.Sequence));
    }

    // CH-198
    [SpecFact]
    public async Task Slow_mode_holds_at_once_and_not_for_owners_and_moderators()
    {
        var conversation = await CreateConversationAsync("ann", "bob", "cid");
        await SetRoleAsync(conversation, Bob, ParticipantRole.Moderator); // 2
        await CommitAsync(new Draft(NewId(), conversation, Ann,
            EntryContent.ConversationChanged(new() { SlowModeSeconds = 10 })), Drafts.Noon); // 3

        await NotAllowedAsync(Message(conversation, UserId.Parse("cid"), asOf: 2), Drafts.Noon);
        await NotAllowedAsync(Message(conversation, UserId.Parse("cid"), asOf: 2, key: "k"), Drafts.Noon);
        await NotAllowedAsync(Message(conversation, UserId.Parse("cid"), asOf: 2, slow: 5), Drafts.Noon);
        foreach (var user in new[] { Ann, Bob })
            Assert.Equal(CommitStatus.Stored,
                (await CommitAsync(Message(conversation, user, asOf: 2), Drafts.Noon)).Status);
        Assert.Equal((10, 0), ((await Stores.FindAccessAsync(conversation, UserId.Parse("cid")))!.SlowSeconds,
            (await Stores.FindAccessAsync(conversation, Bob))!.SlowSeconds));
    }

    // CH-273
    [SpecFact]
    public async Task The_archive_holds_at_once_for_everybody_and_deletions_go_on()
    {
        var conversation = await CreateConversationAsync("ann", "bob");
        var sent = await CommitAsync(Message(conversation, Bob, asOf: 1), Drafts.Noon); // 2
        await CommitAsync(new Draft(NewId(), conversation, Ann,
            EntryContent.ConversationChanged(new() { IsArchived = true })), Drafts.Noon); // 3

        foreach (var user in new[] { Ann, Bob })
        {
            await NotAllowedAsync(Message(conversation, user, asOf: 2), Drafts.Noon);
            await NotAllowedAsync(Message(conversation, user, asOf: 2, key: "k"), Drafts.Noon);
            await NotAllowedAsync(new Draft(NewId(), conversation, user, EntryContent.MessageEdited(sent.Sequence,
                new("late", new()))) { AsOf = 2 }, Drafts.Noon);
        }
        Assert.True((await Stores.FindAccessAsync(conversation, Bob))!.IsArchived);
        Assert.False((await Stores.FindAccessAsync(conversation, Bob))!.MayWrite);
        var deletion = new Draft(NewId(), conversation, Bob, EntryContent.MessageDeleted(sent.Sequence)) { AsOf = 2 };
        Assert.Equal((CommitStatus.Stored, 4), await StoredAsync(deletion));

        await CommitAsync(new Draft(NewId(), conversation, Ann,
            EntryContent.ConversationChanged(new() { IsArchived = false, Title = "Open" })), Drafts.Noon); // 5
        Assert.Equal((CommitStatus.Stored, 6), await StoredAsync(Message(conversation, Bob, asOf: 2)));
        var roles = (await Stores.Rights.FindAsync(conversation, Tenant.Default, [], None))!;
        Assert.Equal(("Open", false), (roles.Settings.Title, roles.IsArchived));

        async Task<(CommitStatus, long)> StoredAsync(Draft draft)
        {
            var outcome = await CommitAsync(draft, Drafts.Noon);
            return (outcome.Status, outcome.Sequence);
        }
    }

    // CH-190, CH-194
    [SpecFact]
    public async Task Where_nobody_was_made_the_owner_the_longest_member_is_it()
    {
        var created = Drafts.Created("cid", "bob");
        await Stores.Conversations.CreateAsync(created, ConversationKind.Group, hasOwner: false, None);
        var id = created.ConversationId;
        await Stores.Messages.CommitAsync(Drafts.Of(Drafts.Added(id, "ann")), Drafts.Noon.AddHours(1), None);

        var roles = (await Stores.Rights.FindAsync(id, Tenant.Default, [Ann, Bob], None))!;

        Assert.Equal([Bob], roles.Owners); // of those who came first the one whose id is first
        Assert.Equal((ParticipantRole.Owner, ParticipantRole.Member), (roles.Of(Bob).Role, roles.Of(Ann).Role));
        Assert.Equal(UserId.Parse("cid"), await Stores.Rights.FindSuccessorAsync(id, Bob, None));
        await SetRoleAsync(id, Ann, ParticipantRole.Moderator);
        Assert.Equal(Ann, await Stores.Rights.FindSuccessorAsync(id, Bob, None));
        Assert.Equal([Bob], (await Stores.Rights.FindAsync(id, Tenant.Default, [], None))!.Owners);
    }

    // CH-134
    [SpecFact]
    public async Task The_first_role_or_ban_raises_the_level_that_servers_must_have()
    {
        var conversation = await CreateConversationAsync("ann", "bob");
        await CommitAsync(Drafts.Removed(conversation, "bob"), Drafts.Added(conversation, "bob"));
        Assert.Equal(0, await RequiresAsync());
        await SetRoleAsync(conversation, Bob, ParticipantRole.Moderator);
        Assert.Equal(Server.Persistence.Deployments.Deployment.LevelOfRights, await RequiresAsync());
    }

    private async Task<int> RequiresAsync()
    {
        await using var context = await Stores.CreateContextAsync();
        return context.Set<Server.Persistence.Rows.DeploymentRow>().Single().Requires;
    }

    private Task<CommitOutcome> SetRoleAsync(
        ConversationId conversation, UserId user, ParticipantRole role, RoleTerms? terms = null) =>
        CommitAsync(new Draft(NewId(), conversation, Ann, EntryContent.RoleChanged(user, role, terms?.Until))
        {
            Terms = terms
        }, Drafts.Noon);

    private static Draft Message(
        ConversationId conversation, UserId sender, long asOf = long.MaxValue, string? key = null, int slow = 0) =>
        Drafts.Of(Drafts.Message(conversation, sender: sender.Value, dedupeKey: key))[0] with
        {
            AsOf = asOf, SlowSeconds = slow
        };

    private static MessageId NewId() => MessageId.New(Drafts.Noon);

    private async Task<CommitOutcome> CommitAsync(Draft draft, DateTimeOffset now) =>
        Assert.Single(await Stores.Messages.CommitAsync([draft], now, None));

    private async Task NotAllowedAsync(Draft draft, DateTimeOffset now)
    {
        try
        {
            Assert.Equal(CommitStatus.NotAllowed, (await CommitAsync(draft, now)).Status);
        }
        catch (StoreException e)
        {
            Assert.Equal(StoreFailure.NotAllowed, e.Failure);
        }
    }
}
