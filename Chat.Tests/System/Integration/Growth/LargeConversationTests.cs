using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Server.Callers;
using Chat.Server.Lists;
using Chat.Server.Persistence;
using Chat.Tests.Fixtures;

namespace Chat.Tests.Integration.Growth;

/// <summary>What PostgreSQL reads of a conversation with very many participants, by its own counters, against what is
/// asked for. To read all of them once would be <see cref="Many"/> rows.</summary>
public sealed class LargeConversationTests : OnCountingPostgres
{
    private const int Many = 20_000;

    private static readonly UserId Ann = UserId.Parse("ann"), Bob = UserId.Parse("bob");

    private ConversationId _conversation;

    private static CancellationToken None => CancellationToken.None;

    /// <summary>Before an add, a removal or a role: who the actor and the owners are.</summary>
    [PostgresFact]
    public Task Who_may_change_the_membership_is_known_from_a_few_rows() => FindRightsAsync(hasOwner: true);

    [PostgresFact]
    public Task Where_nobody_is_the_owner_that_is_known_from_a_few_rows_too() => FindRightsAsync(hasOwner: false);

    private async Task FindRightsAsync(bool hasOwner)
    {
        await FillAsync(hasOwner);
        var read = await RowsReadAsync("participants", async () =>
        {
            var roles = await Stores.Rights.FindAsync(_conversation, Tenant.Default, [Ann, Bob], None);
            Assert.Equal([Ann], roles!.Owners); // the owner, else who has been in it for longest
            Assert.Equal(Bob, await Stores.Rights.FindSuccessorAsync(_conversation, Ann, None));
            foreach (var role in new[] { ParticipantRole.Owner, ParticipantRole.Moderator, ParticipantRole.Blocked })
                Assert.Equal(role == ParticipantRole.Owner ? 1 : 0,
                    (await Stores.Rights.ListAsync(_conversation, [Ann], role, after: null, 50, None)).Count);
            foreach (var role in new ParticipantRole?[] { null, ParticipantRole.Member })
                Assert.Equal(50,
                    (await Stores.Rights.ListAsync(_conversation, [Ann], role, after: null, 50, None)).Count);
        });
        Assert.InRange(read, 1, 500);
    }

    // CH-91
    [PostgresFact]
    public async Task To_tell_everybodys_list_reads_each_participant_once()
    {
        const int page = 500;
        await FillAsync(hasOwner: true);
        ListStore Lists() => new(Stores.Database, new UnreadCounts(Stores.Shown));
        var others = Enumerable.Range(0, 99).Select(_ => ConversationId.New(Drafts.Noon)).ToList();
        var members = new HashSet<UserKey>();
        var read = await RowsReadAsync("participants", async () =>
        {
            for (UserId? after = null; ;)
            {
                var some = await Lists().ReadMembersAsync([_conversation], users: null, after, page, None);
                members.UnionWith(some.Select(member => member.User));
                if (some.Count < page) break;
                after = some[^1].User.Id;
            }
        });
        Assert.Equal(Many + 2, members.Count);
        Assert.InRange(read, Many, Many + Many / 10);

        // Together with others it is not read to its end.
        read = await RowsReadAsync("participants", async () => Assert.Equal(page,
            (await Lists().ReadMembersAsync([_conversation, .. others], users: null, after: null, page, None)).Count));
        Assert.InRange(read, page, 3 * page);

        UserId[] watching = [Ann, Bob, UserId.Parse("nobody")];
        read = await RowsReadAsync("participants", async () => Assert.Equal(2,
            (await Lists().ReadMembersAsync([_conversation, .. others], watching, after: null, page, None)).Count));
        Assert.InRange(read, 2, 1_000);
    }

    private async Task FillAsync(bool hasOwner)
    {
        var created = Drafts.Created("ann", "bob");
        _conversation = created.ConversationId;
        await Stores.Conversations.CreateAsync(created, ConversationKind.Group, hasOwner, None);
        await Database.ExecuteAsync(
            $"""
            update participants set joined_at = joined_at + interval '1 second' where user_id = 'bob';
            insert into participants (conversation_id, user_id, role, joined_at)
            select '{_conversation.Value}', 'user' || i, 0, now() from generate_series(1, {Many}) i
            """);
        await Database.ExecuteAsync("vacuum analyze participants"); // as the server does by itself after a minute
    }
}
