using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Rules;
using Chat.Server.Persistence;
using Chat.Server.Persistence.Entries;
using Chat.Server.Tasks.Store;
using Chat.Tests.Fixtures;

namespace Chat.Tests.Integration.Persistence;

/// <summary>What PostgreSQL reads to answer. Its own counters say so, of the plans that the sessions really
/// use.</summary>
public sealed class QueryPlanTests
{
    private const int Many = 20_000;

    private static readonly UserId Ann = UserId.Parse("ann"), Bob = UserId.Parse("bob");

    private static CancellationToken None => CancellationToken.None;

    /// <summary>A prepared statement keeps its plan. One that was made while a table was empty, when to scan it costs
    /// nothing, must not scan it when it is full.</summary>
    [PostgresFact]
    public async Task Statements_prepared_on_empty_tables_scan_no_full_one()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Postgres);
        foreach (var table in new[] { "messages", "conversations", "participants", "tasks" })
        {
            // Nobody is to tell the planner that the table is no longer empty.
            await database.ExecuteAsync($"alter table {table} set (autovacuum_enabled = false)");
            await database.ExecuteAsync($"vacuum analyze {table}");
        }
        await using (var stores = new StoreHost(database.Settings))
        {
            var created = Drafts.Created("ann", "bob");
            await stores.Conversations.CreateAsync(created, ConversationKind.Group, hasOwner: true, None);
            for (var i = 0; i < 10; i++) await UseAsync(stores, created.ConversationId, $"empty {i}");
            await FillAsync(database);
            for (var i = 0; i < 10; i++) await UseAsync(stores, created.ConversationId, $"full {i}");
        }
        await UntilCountedAsync(database);

        // To scan the smallest table once would be as much.
        var read = long.Parse(Assert.Single(await database.QueryAsync(
            "select sum(seq_tup_read)::bigint from pg_stat_user_tables "
                + "where relname in ('messages', 'conversations', 'participants', 'tasks')")), null);
        Assert.InRange(read, 0, Many - 1);
    }

    // CH-73
    [PostgresFact]
    public async Task The_cost_of_presence_depends_on_what_is_asked_and_not_on_who_takes_part()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Postgres);
        await using (var stores = new StoreHost(database.Settings))
        {
            var created = Drafts.Created("ann", "bob");
            await stores.Conversations.CreateAsync(created, ConversationKind.Group, hasOwner: true, None);
            await database.ExecuteAsync("insert into participants (conversation_id, user_id, role, joined_at) "
                + $"select '{created.ConversationId.Value}', 'user' || i, 0, now() from generate_series(1, {Many}) i");
            await database.ExecuteAsync("analyze participants"); // as the server does by itself after a minute

            Assert.Equal(100, (await stores.Presence.FindContactsAsync(Ann, 100, None)).Count);
            UserId[] asked = [Bob, UserId.Parse("x")];
            Assert.Equal([Bob],
                await stores.Presence.FindParticipantsAmongAsync(created.ConversationId, asked, None));
            Assert.True(await stores.Presence.HasMoreParticipantsAsync(created.ConversationId, 100, None));
            Assert.Equal(100, (await stores.Presence.FindParticipantsAsync(created.ConversationId, 100, None)).Count);
        }
        await UntilCountedAsync(database);

        var read = long.Parse(Assert.Single(await database.QueryAsync(
            "select (select sum(idx_tup_read) from pg_stat_user_indexes where relname = 'participants')::bigint "
                + "+ (select seq_tup_read from pg_stat_user_tables where relname = 'participants')")), null);
        Assert.InRange(read, 1, 1_000);
    }

    /// <summary>With a million tasks waiting a claim of a group took 116 ms: its plan was a join that walked through
    /// the groups of all.</summary>
    [PostgresFact]
    public async Task A_claim_of_a_group_does_not_walk_through_the_groups_of_others()
    {
        const int waiting = 50_000, claims = 10;
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Postgres);
        await database.ExecuteAsync("alter table tasks set (autovacuum_enabled = false)");
        await database.ExecuteAsync(
            $"""
            insert into tasks (id, queue, state, type, payload, run_at, enqueued_at, attempts, max_retry,
                   retention_seconds, group_key, worker, leased_until)
            select gen_random_uuid(), 'default', case i when 0 then 3 else 0 end, 'test', '', 1, 1, 0, 1, 0, 'busy',
                   case i when 0 then 'somebody' end, case i when 0 then 9000000000000000 end
              from generate_series(0, {waiting}) i
            """);
        await database.ExecuteAsync("vacuum analyze tasks");
        // The planner takes them for very many more: then it chooses as it would with those.
        await database.ExecuteAsync(
            "update pg_class set relpages = relpages / 10, reltuples = reltuples * 30 where relname = 'tasks'");
        await database.ExecuteAsync("select pg_stat_reset()");
        await using (var stores = new StoreHost(database.Settings))
        {
            for (var i = 0; i < claims; i++)
            {
                var group = $"other {i}";
                await stores.Tasks.EnqueueAsync(
                    [NewTasks.Of() with { GroupKey = group }, NewTasks.Of() with { GroupKey = group }], Drafts.Noon,
                    None);
                var claimed = await stores.Tasks.ExchangeAsync("worker", [],
                    [new QueueDemand("default", 1) { OfGroup = 64 }], Drafts.Noon, Drafts.Noon.AddMinutes(1), None);
                Assert.Equal(2, claimed.Count);
                await stores.Tasks.ExchangeAsync("worker", [.. claimed.Select(task => task.Completed())], [],
                    Drafts.Noon, Drafts.Noon, None);
            }
        }
        await UntilCountedAsync(database);

        var read = Assert.Single(await database.QueryAsync(
            "select (idx_blks_read + idx_blks_hit) || '/' || pg_relation_size(indexrelid) / 8192 "
                + "from pg_statio_user_indexes where indexrelname = 'ix_tasks_group'")).Split('/');
        var (blocks, all) = (long.Parse(read[0], null), long.Parse(read[1], null));
        Assert.InRange(blocks, 1, claims * all / 2);
    }

    /// <summary>What the server asks again and again, each with an answer of some rows.</summary>
    private static async Task UseAsync(StoreHost stores, ConversationId conversation, string round)
    {
        var messages = stores.Messages;
        var plain = Drafts.Of(Drafts.Message(conversation), Drafts.Message(ConversationId.Lobby));
        await messages.CommitAsync(plain, Drafts.Noon, None);
        await messages.CommitAsync(
            Drafts.Of(Drafts.Message(conversation, dedupeKey: round)), Drafts.Noon, None);
        await messages.CommitAsync(
            Drafts.Of(Drafts.Added(conversation, round), Drafts.Removed(conversation, round)), Drafts.Noon, None);
        Assert.DoesNotContain(null, await messages.ResolveAsync(plain, None));
        Assert.Empty(await messages.FindLockedAsync(plain, None));
        var page = new PageLimit(10, 100_000);
        Assert.NotEmpty(await messages.ReadAfterAsync(conversation, 0, page, None));
        Assert.NotEmpty(await messages.ReadBeforeAsync(conversation, 100, page, None));
        foreach (var fromOldest in new[] { true, false })
            await messages.ReadMessagesAsync(conversation,
                new MessageQuery(0, 1_000, fromOldest, Offset: 0), page, None);
        Assert.Equal(2, (await messages.ReadHeadsAsync([conversation, ConversationId.Lobby], None)).Count);
        Assert.NotNull(await stores.FindAccessAsync(conversation, Ann));

        var conversations = stores.Conversations;
        await conversations.MarkReadAsync(conversation, Ann, 1, None);
        Assert.NotEmpty(await conversations.ListAsync(Ann, CheckedListPage.First, None));
        Assert.NotEmpty(await conversations.FindReadersAsync(conversation, [Ann, Bob], None));
        Assert.NotEmpty(await stores.Presence.FindContactsAsync(Ann, 100, None));
        Assert.NotEmpty(await stores.Presence.FindParticipantsAmongAsync(conversation, [Ann, Bob], None));
        await stores.Erasures.FindAsync(conversation, new ErasedPart(0, 1), user: null, 10, None);
        await stores.Erasures.EraseAsync(conversation, [new ErasedPart(0, 1)], user: null, None);

        await stores.Tasks.EnqueueAsync(
            [NewTasks.Of(), NewTasks.Of() with { UniqueKey = round, UniqueUntil = Drafts.Noon.AddDays(1) },
                NewTasks.Of() with { GroupKey = round }], Drafts.Noon, None);
        var claimed = await stores.Tasks.ExchangeAsync("worker", [], [new QueueDemand("default", 10)], Drafts.Noon,
            Drafts.Noon.AddMinutes(1), None);
        Assert.Equal(3, claimed.Count);
        await stores.TaskUpkeep.RenewAsync("worker", [.. claimed.Select(task => task.Number)],
            Drafts.Noon.AddMinutes(2), None);
        await stores.Tasks.ExchangeAsync("worker", [.. claimed.Select(task => task.Completed())], [], Drafts.Noon,
            Drafts.Noon, None);
    }

    private static Task FillAsync(TestDatabase database) => database.ExecuteAsync(
        $"""
        insert into conversations (id, kind, created_at, last_sequence, last_entry_at)
        select md5(i::text)::uuid, 0, now(), 1, now() from generate_series(1, {Many}) i;
        insert into messages
               (conversation_id, sequence, kind, sender_id, message, created_at, message_id, msg_type)
        select md5(i::text)::uuid, s, 0, 'user' || i, 'a message', now(), gen_random_uuid(), 0
          from generate_series(1, {Many}) i, generate_series(1, 5) s;
        insert into participants (conversation_id, user_id, role, joined_at)
        select md5(i::text)::uuid, 'user' || i, 0, now() from generate_series(1, {Many}) i;
        insert into tasks
               (id, queue, state, type, payload, run_at, enqueued_at, attempts, max_retry, retention_seconds)
        select gen_random_uuid(), 'other', 1, 'test', '', 9000000000000000, 0, 0, 1, 0
          from generate_series(1, {Many}) i
        """);

    /// <summary>Sessions report what they have read when they end.</summary>
    private static Task UntilCountedAsync(TestDatabase database) => Eventually.HoldsAsync(async () =>
        await database.QueryAsync("select 1 from pg_stat_activity where datname = current_database() "
            + "and backend_type = 'client backend' and pid <> pg_backend_pid()") is []);
}
