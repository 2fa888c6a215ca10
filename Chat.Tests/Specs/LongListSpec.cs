using Chat.Contracts.Identifiers;
using Chat.Contracts.Rules;
using Chat.Server.Persistence;
using Chat.Server.Persistence.Entries;
using Chat.Tests.Fixtures;

namespace Chat.Tests.Specs;

/// <summary>CH-110, CH-235: lists so long that they are walked and not sorted, on either database.</summary>
public abstract class LongListSpec : StoreSpec
{
    private const int Many = ListQuery.MostSorted + 300;

    private static readonly UserId Ann = UserId.Parse("ann");

    private static CancellationToken None => CancellationToken.None;

    // A third is somebody else's; a few have no listed_at, as a server of the version before makes them.
    [SpecFact]
    public async Task A_long_list_comes_in_the_order_of_activity_page_by_page()
    {
        await FillAsync();
        var expected = await Database.QueryAsync(
            $"""
            select {(Kind == DatabaseKind.Sqlite ? "lower(hex(c.id))" : "replace(c.id::text, '-', '')")}
              from conversations c join participants p on p.conversation_id = c.id and p.user_id = 'ann'
             order by last_entry_at desc, c.id desc limit 350
            """);

        var listed = new List<string>();
        ListCursor? after = null;
        for (var page = 0; page < 7; page++)
        {
            var found = await Stores.Conversations.ListAsync(
                Ann, new CheckedListPage(after, 50), None, hasLobby: false);
            listed.AddRange(found.Select(one => one.Id.Value.ToString("N")));
            Assert.True(ListCursor.TryParse(found[^1].Cursor, out var place));
            after = place;
        }

        Assert.Equal(expected, listed);
    }

    [SpecFact]
    public async Task The_indexed_time_of_a_conversation_is_at_most_a_minute_behind()
    {
        var conversation = await CreateConversationAsync();
        Assert.Equal(0, await BehindAsync());
        await Stores.Messages.CommitAsync(Drafts.Of(Drafts.Message(conversation)), Drafts.Noon.AddSeconds(50), None);
        await Stores.Listed.MoveAsync([conversation], None);
        Assert.Equal(50, await BehindAsync());
        await Stores.Messages.CommitAsync(Drafts.Of(Drafts.Message(conversation)), Drafts.Noon.AddSeconds(90), None);
        await Stores.Listed.MoveAsync([conversation], None);
        Assert.Equal(0, await BehindAsync());
        await Database.ExecuteAsync("update conversations set listed_at = null");
        await Stores.Listed.MoveAllAsync(None);
        Assert.Equal(0, await BehindAsync());

        async Task<long> BehindAsync() => long.Parse(Assert.Single(await Database.QueryAsync(
            $"select {(Kind == DatabaseKind.Sqlite ? "(last_entry_at - listed_at) / 1000000"
                : "extract(epoch from last_entry_at - listed_at)::bigint")} from conversations "
                + $"where id = {Literal(conversation)}")), null);
    }

    private Task FillAsync()
    {
        var noon = Microseconds.ToUnix(Drafts.Noon);
        return Database.ExecuteAsync(Kind == DatabaseKind.Sqlite
            ? $"""
              with recursive s(i) as (select 1 union all select i + 1 from s where i < {Many * 3 / 2})
              insert into conversations (id, tenant, kind, created_at, last_sequence, last_entry_at, listed_at)
              select randomblob(16), 'default', 0, {noon}, 0, {noon} + i * 7919 % {Many} * 1000000,
                     case when i % 97 = 0 then null else {noon} + (i * 7919 % {Many} - i % 60) * 1000000 end from s;
              insert into participants (conversation_id, tenant, user_id, role, joined_at)
              select id, 'default', case when rowid % 3 = 0 then 'bob' else 'ann' end, 0, {noon} from conversations
               where kind = 0
              """
            : $"""
              insert into conversations (id, tenant, kind, created_at, last_sequence, last_entry_at, listed_at)
              select md5(i::text)::uuid, 'default', 0, now(), 0, now() + i * 7919 % {Many} * interval '1 second',
                     case when i % 97 <> 0 then now() + (i * 7919 % {Many} - i % 60) * interval '1 second' end
                from generate_series(1, {Many * 3 / 2}) i;
              insert into participants (conversation_id, tenant, user_id, role, joined_at)
              select md5(i::text)::uuid, 'default', case when i % 3 = 0 then 'bob' else 'ann' end, 0, now()
                from generate_series(1, {Many * 3 / 2}) i
              """);
    }
}
