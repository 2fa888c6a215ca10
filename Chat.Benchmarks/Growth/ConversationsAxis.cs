using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Rules;
using Chat.Server.Callers;
using Chat.Server.Persistence;

namespace Chat.Benchmarks.Growth;

/// <summary>Ever more conversations of one tenant. One user is in ten of them, another one in up to 20,000.</summary>
internal sealed class ConversationsAxis : StoreAxis
{
    private const int MostOfUser = 20_000, HeadsPerQuery = 2_000;

    private const string OfUser = "what the user takes part in is looked at, up to 20,000 conversations here";

    public override string Name => "conversations";

    public override string Title => "Conversations, 1 to 100,000";

    public override IReadOnlyList<long> Sizes => [1, 100, 1_000, 10_000, 100_000];

    public override IReadOnlyList<long> QuickSizes => [50];

    protected override async Task<IReadOnlyList<StoreCall>> FillAsync(StoreSite site, string kind, long size)
    {
        var (database, noon) = (site.Kind, Drafts.Noon);
        string Participants(string user, long first, long last) =>
            $"""
            insert into participants (conversation_id, user_id, role, joined_at, last_read_sequence)
            select {Rows.NumberedId(database, "i")}, {user}, 0, {Rows.Time(database, noon, "0")}, 2
              from {Rows.Numbers(database, last)} where i >= {first}
            """;
        await site.ExecuteAsync(
            $"""
            insert into conversations (id, kind, title, created_at, last_sequence, last_entry_at, listed_at)
            select {Rows.NumberedId(database, "i")}, 0, 'Team ' || i, {Rows.Time(database, noon, "i")}, 3,
                   {Rows.Time(database, noon, "i")}, {Rows.Time(database, noon, "i")}
              from {Rows.Numbers(database, size)}
            """,
            $"""
            insert into messages (conversation_id, sequence, kind, sender_id, message, created_at, message_id, msg_type)
            select {Rows.NumberedId(database, "s.i")}, m.i, 0, 'ann', 'hello', {Rows.Time(database, noon, "s.i")},
                   {Rows.RandomId(database)}, 0
              from {Rows.Numbers(database, size)}, {Rows.Numbers(database, 3, "m")}
            """,
            Participants("'many'", Math.Max(1, size - MostOfUser + 1), size),
            Participants("'few'", Math.Max(1, size - 9), size),
            Participants("'other' || (i % 1000)", 1, size));
        return [.. OfUsers(size), .. OfServer(size)];
    }

    private static IEnumerable<StoreCall> OfUsers(long size)
    {
        var last = Rows.NumberedId(size);
        return
        [
            new("a message is stored", (stores, _) =>
                stores.Messages.CommitAsync(Drafts.Of(Drafts.Message(last)), Drafts.Noon, None)),
            new("a conversation is created", (stores, _) => stores.Conversations.CreateAsync(
                Tenant.Default, Drafts.Created("ann", "bob"), ConversationKind.Group, true, None)),
            new("a page of a list of ten", (stores, _) =>
                stores.Conversations.ListAsync(Key("few"), CheckedListPage.First, None)),
            new("a page of a list of up to 20,000", (stores, _) =>
                stores.Conversations.ListAsync(Key("many"), CheckedListPage.First, None))
            {
                Why = "a page is 50 conversations, each with its newest entry and what is unread. Up to 2,000 are "
                    + "sorted for it; beyond, the list is walked in the order of its index "
                    + "([ADR 41](adr/0041-long-lists-are-walked-by-a-time-that-follows-within-a-second.md)).",
            },
            new("contacts of one in ten", (stores, _) => stores.Presence.FindContactsAsync(Key("few"), 100, None)),
            new("contacts of one in up to 20,000", (stores, _) =>
                stores.Presence.FindContactsAsync(Key("many"), 100, None))
            {
                Most = 5, Why = $"the first by their ids, so {OfUser}; the answer is kept for 30 s.",
            },
            new("whose names of 20 users one in up to 20,000 may know", (stores, i) => stores.Users.FindSharingAsync(
                Key("many"), [.. Enumerable.Range(20 * i, 20).Select(n => UserId.Parse($"other{n % 1_000}"))], None))
            {
                Most = 5, Why = "the other's conversations are looked at until one is found that both are in: up to "
                    + $"100 here, of which fewer and fewer are shared. On SQLite {OfUser}.",
            },
        ];
    }

    private static IEnumerable<StoreCall> OfServer(long size) =>
    [
        new("a server compares its feeds each second, for each that is open", async (stores, _) =>
        {
            for (var first = 1L; first <= size; first += HeadsPerQuery)
                await stores.Messages.ReadHeadsAsync([.. Enumerable.Range(0, (int)Math.Min(HeadsPerQuery,
                    size - first + 1)).Select(i => Rows.NumberedId(first + i))], None);
        }) { Of = (int)size, Most = 3 },
        new("every ten minutes: the order of long lists", (stores, _) => stores.Listed.MoveAllAsync(None))
        {
            Most = 3, Why = "all conversations are looked at, by one query every ten minutes.",
        },
        new("every hour: retention looks for what is old", (stores, _) => stores.Retention.FindAsync(
            Drafts.Noon.AddYears(-1), null, 5_000, None))
        {
            Most = 3, Why = "the oldest entry of each conversation is looked at, once an hour.",
        },
    ];

    private static UserKey Key(string user) => new(Tenant.Default, UserId.Parse(user));
}
