using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Server.Persistence;
using Chat.Server.Presence;
using Chat.Server.Presence.Store;
using Chat.Tests.Fixtures;
using Microsoft.Extensions.Logging.Abstractions;

namespace Chat.Tests.Specs;

/// <summary>What the store of last-seen times promises, on either database.</summary>
public abstract class PresenceStoreSpec : StoreSpec
{
    private static CancellationToken None => CancellationToken.None;

    private PresenceStore Presence => Stores.Presence;

    [SpecFact]
    public async Task A_time_is_kept_to_the_microsecond_and_moves_forward_only()
    {
        var (ann, bob) = (UserId.Parse("ann").Key(), UserId.Parse("bob").Key());
        var odd = UserId.Parse("Zoë \"🦊\" \\ '").Key();
        await Presence.NoteLastSeenAsync(
            [new(bob, Drafts.Noon), new(ann, Drafts.Noon.AddTicks(7)), new(odd, Drafts.Noon)], None);
        await Presence.NoteLastSeenAsync(
            [new(ann, Drafts.Noon.AddMinutes(-1)), new(bob, Drafts.Noon.AddMicroseconds(1))], None);

        var found = await Presence.FindLastSeenAsync([ann, bob, odd, UserId.Parse("Ann").Key()], None);

        Assert.Equal(3, found.Count);
        Assert.Equal((Drafts.Noon, Drafts.Noon.AddMicroseconds(1), Drafts.Noon), (found[ann], found[bob], found[odd]));
    }

    [SpecFact]
    public async Task Instances_may_note_the_same_users_at_once()
    {
        var users = Enumerable.Range(0, 400).Select(i => UserId.Parse($"user{i}").Key()).ToArray();
        var hosts = new[] { Stores, AnotherInstance(), AnotherInstance() };
        await Task.WhenAll(hosts.Select((host, n) => Task.Run(async () =>
        {
            var (random, mine) = (new Random(n), users.ToArray());
            for (var round = 0; round < 5; round++)
            {
                random.Shuffle(mine);
                await host.Presence.NoteLastSeenAsync(
                    [.. mine.Select(user => KeyValuePair.Create(user, Drafts.Noon.AddSeconds(round * 3 + n)))], None);
            }
        })));
        var found = await Presence.FindLastSeenAsync(users, None);
        Assert.Equal(users.Length, found.Count);
        Assert.All(found.Values, at => Assert.Equal(Drafts.Noon.AddSeconds(14), at));
    }

    // CH-73, CH-75
    [SpecFact]
    public async Task Contacts_share_a_group_or_a_direct_conversation_and_not_the_lobby()
    {
        await CreateConversationAsync("ann", "bob", "carl");
        await CreateConversationAsync("ann", "bob", "dora");
        await CreateConversationAsync("bob", "stranger");
        await CreateConversationAsync("quoted", "Zoë \"🦊\" \\ '");
        var blocked = await CreateConversationAsync("ann", "eve");
        var direct = Drafts.Created("ann", "fred");
        await Stores.Conversations.CreateAsync(direct, ConversationKind.Direct, hasOwner: false, None);
        foreach (var user in new[] { "ann", "lurker" })
            await Stores.Conversations.MarkReadAsync(ConversationId.Lobby, UserId.Parse(user), 0, None);
        await Database.ExecuteAsync("update participants set role = 2 where user_id = 'eve'");

        Assert.Equal(["bob", "carl", "dora", "fred"],
            (await Presence.FindContactsAsync(UserId.Parse("ann"), 10, None)).Select(u => u.Value));
        Assert.Equal(["bob", "carl"],
            (await Presence.FindContactsAsync(UserId.Parse("ann"), 2, None)).Select(u => u.Value));
        Assert.Equal(["Zoë \"🦊\" \\ '"],
            (await Presence.FindContactsAsync(UserId.Parse("quoted"), 10, None)).Select(u => u.Value));
        Assert.Empty(await Presence.FindContactsAsync(UserId.Parse("eve"), 10, None));
        Assert.Equal(["ann"], (await Presence.FindParticipantsAsync(blocked, 10, None)).Select(u => u.Value));
        Assert.True(await Presence.HasMoreParticipantsAsync(blocked, 0, None));
        Assert.False(await Presence.HasMoreParticipantsAsync(blocked, 1, None));
    }

    // CH-73
    [SpecFact]
    public async Task Of_a_large_conversation_some_are_read_and_not_all()
    {
        var large = await CreateConversationAsync([.. Enumerable.Range(100, 300).Select(i => $"user{i}")]);
        await CreateConversationAsync("user100", "zoe", "blocked");
        await Database.ExecuteAsync("update participants set role = 2 where user_id in ('blocked', 'user105')");
        UserId[] asked = [.. new[] { "user105", "user110", "user399", "zoe", "nobody" }.Select(UserId.Parse)];

        Assert.Equal(["user110", "user399"], (await Presence.FindParticipantsAmongAsync(large, asked, None))
            .Select(u => u.Value).Order(StringComparer.Ordinal));
        Assert.Equal(["user100", "user101"],
            (await Presence.FindParticipantsAsync(large, 2, None)).Select(u => u.Value));
        Assert.True(await Presence.HasMoreParticipantsAsync(large, 298, None));
        Assert.False(await Presence.HasMoreParticipantsAsync(large, 299, None));
        var contacts = await Presence.FindContactsAsync(UserId.Parse("user100"), 1_000, None);
        Assert.Equal(299, contacts.Count);
        Assert.Equal("zoe", contacts[^1].Value);
    }

    [SpecFact]
    public async Task A_failed_write_is_made_later_and_fails_no_call()
    {
        await using var empty = await TestDatabase.CreateAsync(Kind, migrated: false);
        await using var stores = new StoreHost(empty.Settings);
        var journal = new LastSeenJournal(stores.Presence, TimeProvider.System, NullLogger<LastSeenJournal>.Instance);
        var ann = UserId.Parse("ann").Key();
        journal.Note(ann, Drafts.Noon.AddMinutes(1));
        await journal.FlushAsync(None);
        journal.Note(ann, Drafts.Noon);
        await journal.FlushAsync(None);

        await stores.Migrator.MigrateAsync(None);
        await journal.FlushAsync(None);

        Assert.Equal(Drafts.Noon.AddMinutes(1), (await stores.Presence.FindLastSeenAsync([ann], None))[ann]);
    }

    [SpecFact]
    public async Task What_is_being_written_is_stored_when_a_later_flush_has_ended()
    {
        var journal = new LastSeenJournal(Stores.Presence, TimeProvider.System, NullLogger<LastSeenJournal>.Instance);
        var users = Enumerable.Range(0, 20_000).Select(i => UserId.Parse($"user{i}").Key()).ToList();
        foreach (var user in users) journal.Note(user, Drafts.Noon);
        var under = Task.Run(() => journal.FlushAsync(None)); // in many statements
        await Eventually.HoldsAsync(async () => (await Presence.FindLastSeenAsync([users[0]], None)).Count > 0);
        await journal.FlushAsync(None);
        Assert.Single(await Presence.FindLastSeenAsync([users[^1]], None));
        await under;
    }
}
