using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Rules;
using Chat.Server.Callers;
using Chat.Server.Lists;
using Chat.Server.Notifications;
using Chat.Server.Persistence;
using Chat.Server.Persistence.Entries;

namespace Chat.Benchmarks.Growth;

/// <summary>One conversation with ever more participants, of whom few are connected.</summary>
internal sealed class ParticipantsAxis : StoreAxis
{
    private const int Messages = 100;

    private const string ByRole =
        "SQLite passes over all others. PostgreSQL has an index by role; SQLite, which keeps no statistics, would take "
            + "it for questions about a few users as well, and look at all for them.";

    private static readonly UserId Ann = UserId.Parse("ann"), Bob = UserId.Parse("bob");

    public override string Name => "participants";

    public override string Title => "Participants of one conversation, 2 to 100,000";

    public override IReadOnlyList<long> Sizes => [2, 100, 1_000, 10_000, 100_000];

    public override IReadOnlyList<long> QuickSizes => [50];

    protected override async Task<IReadOnlyList<StoreCall>> FillAsync(StoreSite site, string kind, long size)
    {
        var created = Drafts.Created("ann", "bob");
        var id = created.ConversationId;
        await site.Stores.Conversations.CreateAsync(Tenant.Default, created, ConversationKind.Group, true, None);
        await site.Stores.Messages.CommitAsync(
            Drafts.Of(Enumerable.Range(0, Messages).Select(_ => Drafts.Message(id))), Drafts.Noon, None);
        if (size > 2)
            await site.ExecuteAsync(
                $"""
                insert into participants (conversation_id, user_id, role, joined_at, last_read_sequence)
                select {Rows.Id(site.Kind, id)}, 'user' || i, 0, {Rows.Time(site.Kind, Drafts.Noon, "i")},
                       i % {Messages} from {Rows.Numbers(site.Kind, size - 2)}
                """);
        return [.. Acts(id), .. Questions(id), .. Of(id, size)];
    }

    private static IEnumerable<StoreCall> Acts(ConversationId id) =>
    [
        new("a message is stored", (stores, _) =>
            stores.Messages.CommitAsync(Drafts.Of(Drafts.Message(id)), Drafts.Noon, None)),
        new("one user is added and removed again", async (stores, i) =>
        {
            await stores.Messages.CommitAsync(Drafts.Of(Drafts.Added(id, $"new{i}")), Drafts.Noon, None);
            await stores.Messages.CommitAsync(Drafts.Of(Drafts.Removed(id, $"new{i}")), Drafts.Noon, None);
        }),
        new("a read position moves", (stores, i) =>
            stores.Conversations.MarkReadAsync(id, Key(Bob), i + 5, None)),
    ];

    private static IEnumerable<StoreCall> Questions(ConversationId id) =>
    [
        new("may a user read and write (at a join, a send)", (stores, _) =>
            stores.Messages.FindAccessAsync([(id, Key(Bob))], None)),
        new("who is what, before a change of the membership", (stores, _) =>
            stores.Rights.FindAsync(id, Tenant.Default, [Ann, Bob], None)) { Why = ByRole },
        new("who owns it next", (stores, _) => stores.Rights.FindSuccessorAsync(id, Ann, None)) { Why = ByRole },
        new("a page of participants", (stores, _) => stores.Rights.ListAsync(id, [Ann], null, null, 100, None)),
        new("the moderators", (stores, _) =>
            stores.Rights.ListAsync(id, [Ann], ParticipantRole.Moderator, null, 100, None)) { Why = ByRole },
        new("the newest page", (stores, _) =>
            stores.Shown.ReadPageAsync(id, new ShownQuery(null, long.MaxValue, 0, Bob), new PageLimit(50), None)),
        new("a user's list, with what is unread", (stores, _) =>
            stores.Conversations.ListAsync(Key(Bob), CheckedListPage.First, None)),
        new("which of 100 connected users may read", (stores, _) => stores.Conversations.FindReadersAsync(
            id, [.. Enumerable.Range(1, 100).Select(i => UserId.Parse($"user{i}"))], None)),
        new("presence: which of 100 online users take part", (stores, _) => stores.Presence.FindParticipantsAmongAsync(
            id, [.. Enumerable.Range(1, 100).Select(i => UserId.Parse($"user{i}"))], None)),
        new("presence: contacts of a user", (stores, _) => stores.Presence.FindContactsAsync(Key(Ann), 100, None)),
        new("lists: what 100 watching users have of it", (stores, _) => Lists(stores).ReadMembersAsync(
            [id], [.. Enumerable.Range(1, 100).Select(i => UserId.Parse($"user{i}"))], null, 5_000, None)),
    ];

    private static IEnumerable<StoreCall> Of(ConversationId id, long size) =>
    [
        new("lists: all participants, for each of them", async (stores, _) =>
        {
            for (UserId? after = null; ;)
            {
                var some = await Lists(stores).ReadMembersAsync([id], null, after, 5_000, None);
                if (some.Count < 5_000) return;
                after = some[^1].User.Id;
            }
        }) { Of = (int)size, Most = 3 },
        new("notices: who is away, for each participant", (stores, _) =>
            new NotificationStore(stores.Database).FindUnreadAsync([id], None)) { Of = (int)size, Most = 3 },
        new("read positions (`ReadPositions`, when it is opened)", (stores, _) =>
            stores.Conversations.ReadPositionsAsync(id, 1_000, None))
        {
            Most = 5,
            Why = "the furthest first, so all are looked at. An index in that order would have to be moved by each "
                + "read mark, of which there are as many as readers times messages. All who ask meanwhile share one "
                + "answer, and a connection asks ten times a second at most.",
        },
    ];

    private static ListStore Lists(StoreHost stores) => new(stores.Database, new UnreadCounts(stores.Shown));

    private static UserKey Key(UserId user) => new(Tenant.Default, user);
}
