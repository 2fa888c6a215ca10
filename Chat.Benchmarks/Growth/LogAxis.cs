using Chat.Contracts.Identifiers;
using Chat.Contracts.Protocol;
using Chat.Contracts.Rules;
using Chat.Server.Callers;
using Chat.Server.Persistence;
using Chat.Server.Persistence.Entries;
using Chat.Server.Retention;

namespace Chat.Benchmarks.Growth;

/// <summary>An ever longer log: all of it in one conversation, or spread over a thousand.</summary>
internal sealed class LogAxis : StoreAxis
{
    private const string One = "In one conversation", Spread = "Over 1,000 conversations";

    private const int Conversations = 1_000;

    private static readonly UserId Bob = UserId.Parse("bob");

    public override string Name => "log";

    public override string Title => "Rows of the log, 1,000 to 10,000,000";

    public override IReadOnlyList<long> Sizes => [1_000, 10_000, 100_000, 1_000_000, 10_000_000];

    public override IReadOnlyList<long> QuickSizes => [2_000];

    protected override IReadOnlyList<string> Kinds => [One, Spread];

    protected override long MostOfSqlite => 1_000_000;

    protected override async Task<IReadOnlyList<StoreCall>> FillAsync(StoreSite site, string kind, long size)
    {
        var (database, noon) = (site.Kind, Drafts.Noon);
        var conversations = kind == One ? 1 : Conversations;
        var length = size / conversations;
        await site.ExecuteAsync(
            $"""
            insert into conversations (id, kind, created_at, last_sequence, last_entry_at, listed_at)
            select {Rows.NumberedId(database, "i")}, 0, {Rows.Time(database, noon, "0")}, {length},
                   {Rows.Time(database, noon, $"{size / 1_000}")}, {Rows.Time(database, noon, "0")}
              from {Rows.Numbers(database, conversations)}
            """,
            $"""
            insert into participants (conversation_id, user_id, role, joined_at)
            select id, 'bob', 0, created_at from conversations where kind = 0
            """,
            // As it comes: all conversations in turn.
            $"""
            insert into messages (conversation_id, sequence, kind, sender_id, message, created_at, message_id, msg_type)
            select {Rows.NumberedId(database, $"1 + (i - 1) % {conversations}")}, 1 + (i - 1) / {conversations}, 0,
                   'ann', 'a message of a few words', {Rows.Time(database, noon, "i / 1000.0")},
                   {Rows.RandomId(database)}, 0
              from {Rows.Numbers(database, size)}
            """);
        return [.. Calls(Rows.NumberedId(1), length, noon.AddSeconds(size / 1_000.0))];
    }

    /// <param name="id">The conversation.</param>
    /// <param name="length">Its entries.</param>
    /// <param name="end">When the last of all was stored.</param>
    private static IEnumerable<StoreCall> Calls(ConversationId id, long length, DateTimeOffset end) =>
    [
        new("a message is stored", (stores, _) =>
            stores.Messages.CommitAsync(Drafts.Of(Drafts.Message(id)), end, None)),
        new("the newest page", (stores, _) => stores.Shown.ReadPageAsync(
            id, new ShownQuery(null, long.MaxValue, 0, Bob), new PageLimit(50), None)),
        new("a page in the middle", (stores, _) => stores.Shown.ReadPageAsync(
            id, new ShownQuery(null, length / 2 + 50, 0, Bob), new PageLimit(50), None)),
        new("50 entries of catch-up", (stores, _) =>
            stores.Messages.ReadAfterAsync(id, length / 2, new PageLimit(50), None)),
        new("a message and its versions", (stores, _) =>
            stores.Messages.ReadVersionsAsync(id, length / 2, 0, length, new PageLimit(50), None)),
        new("what is unread for one who has read nothing", (stores, _) =>
            stores.Shown.CountUnreadAsync([new UnreadPlace(id, Bob, 0, length)], None)),
        new("a user's list, with what is unread", (stores, _) =>
            stores.Conversations.ListAsync(new UserKey(Tenant.Default, Bob), CheckedListPage.First, None))
        {
            Why = "what is unread is counted, up to 99 messages in each of the 50 conversations of a page. Here "
                + "nothing was ever read, so there are as many as the log has.",
        },
        new("whether a message in doubt is stored", (stores, _) => stores.Messages.ResolveAsync(
            Drafts.Of(Drafts.Message(id) with { Id = MessageId.New(end.AddHours(1)) }), None)),
        new("retention: up to where it is old", (stores, _) =>
            stores.Retention.ThroughAsync(new OldConversation(id, 0, length), Drafts.Noon.AddSeconds(1), None))
        {
            Why = "by bisection: one look more for a log twice as long.",
        },
        new("REST: a page by `offset`", (stores, _) => stores.Messages.ReadMessagesAsync(
            id, new MessageQuery(0, long.MaxValue, FromOldest: false,
                (int)Math.Min(length / 2, ChatLimits.Offset)), new PageLimit(50), None))
        {
            Most = 5, Why = $"what `offset` leaves out is counted, up to {ChatLimits.Offset:#,0} messages. "
                + "`before_seq` costs the same everywhere.",
        },
    ];
}
