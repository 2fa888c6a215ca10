using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Server.Observers.Store;
using Chat.Server.Persistence;
using Chat.Tests.Fixtures;
using Chat.Tests.Fixtures.Observing;

namespace Chat.Tests.Specs;

/// <summary>On PostgreSQL transactions overlap, so numbers come in another order than the commits.</summary>
[RequiresPostgres]
public sealed class PostgresObserverTests : ObserverSpec
{
    internal override DatabaseKind Kind => DatabaseKind.Postgres;

    /// <summary>The append that the server does, in a transaction that is held open, and sometimes taken
    /// back.</summary>
    internal override async Task AppendOddlyAsync(Random random, ConversationEntry[] drafts)
    {
        await using var late = await LateAppend.BeginAsync(Stores, drafts);
        if (random.Next(2) == 0) await late.DawdleAsync(random);
        if (random.Next(2) == 0) await late.CommitAsync();
    }

    // CH-280
    [SpecFact]
    public async Task What_comes_behind_a_transaction_that_dawdles_is_shown_at_once()
    {
        var (seen, slow, quick) = (new SeenEntries(), await CreateConversationAsync(), await CreateConversationAsync());
        await StartAsync(seen);
        await seen.HasAsync(all => all.Count == 2);
        await using (var late = await LateAppend.BeginAsync(Stores, [Drafts.Message(slow), Drafts.Message(slow)]))
        {
            await CommitAsync(Drafts.Message(quick), Drafts.Message(quick));
            await seen.HasAsync(all => all.At(quick) == 3);
            Assert.Equal(1, seen.At(slow));
            await Eventually.HoldsAsync(async () => await MarkAsync() == 2); // it waits below the gap
            await late.CommitAsync();
        }
        await seen.HasAsync(all => all.At(slow) == 3);
        await Eventually.HoldsAsync(async () => await MarkAsync() == 6);
        seen.Check();
        Assert.Equal(0, seen.Repeats);
    }

    // CH-280
    [SpecFact]
    public async Task A_transaction_that_was_taken_back_holds_the_mark_no_longer()
    {
        var (seen, one, other) = (new SeenEntries(), await CreateConversationAsync(), await CreateConversationAsync());
        await StartAsync(seen);
        await seen.HasAsync(all => all.Count == 2);
        await using (await LateAppend.BeginAsync(Stores, [Drafts.Message(one)]))
        {
            await CommitAsync(Drafts.Message(other));
            await seen.HasAsync(all => all.At(other) == 2);
        }
        await Eventually.HoldsAsync(async () => await MarkAsync() == 4);
        await CommitAsync(Drafts.Message(one));
        await seen.HasAsync(all => all.At(one) == 2);
        seen.Check();
    }

    // CH-280
    [SpecFact]
    public async Task Transactions_that_do_not_write_the_log_hold_nothing()
    {
        var (seen, conversation) = (new SeenEntries(), await CreateConversationAsync());
        await Database.ExecuteAsync("create table foreign_rows (id int)");
        await StartAsync(seen);
        await using var connection = await Stores.Postgres.Commits.OpenConnectionAsync();
        await using var foreign = await connection.BeginTransactionAsync();
        await using (var command = connection.CreateCommand())
        {
            command.CommandText = "insert into foreign_rows values (1); select count(*) from messages";
            await command.ExecuteNonQueryAsync();
        }
        await using (await LateAppend.BeginAsync(Stores, [Drafts.Message(conversation)])) { } // leaves a gap
        await CommitAsync(Drafts.Message(conversation));

        await seen.HasAsync(all => all.Count == 2);
        await Eventually.HoldsAsync(async () => await MarkAsync() == 3);
        await foreign.RollbackAsync();
    }

    [SpecFact]
    public async Task Numbers_that_are_left_out_by_the_million_cost_nothing()
    {
        var (seen, conversation) = (new SeenEntries(), await CreateConversationAsync());
        await StartAsync(seen);
        await Database.ExecuteAsync("select setval(pg_get_serial_sequence('messages', 'id'), 100000000)");
        await CommitAsync(Drafts.Message(conversation), Drafts.Message(conversation));

        await seen.HasAsync(all => all.Count == 3);
        await Eventually.HoldsAsync(async () => await MarkAsync() == 100_000_002);
    }

    [SpecFact]
    public async Task Numbers_are_given_one_by_one() =>
        Assert.Equal(["1"], await Database.QueryAsync(
            "select seqcache from pg_sequence where seqrelid = pg_get_serial_sequence('messages', 'id')::regclass"));

    /// <summary>Whatever a batch has: keys, slow mode, changes of rights and messages, reactions.</summary>
    [SpecFact]
    public async Task A_rows_number_rises_with_the_sequence_in_each_conversation()
    {
        foreach (var seed in Seeds.Of(2))
        {
            var random = new Random(seed);
            var conversations = new List<ConversationId>();
            for (var i = 0; i < 10; i++) conversations.Add(await CreateConversationAsync());
            for (var i = 0; i < 40; i++)
                await CommitAsync([.. Enumerable.Range(0, random.Next(1, 60)).Select(n =>
                {
                    var conversation = conversations[random.Next(conversations.Count)];
                    return random.Next(20) switch
                    {
                        0 => Drafts.Added(conversation, $"user{i}-{n}"),
                        1 when n == 0 => Drafts.Edited(conversation, 2, "x"), // one of a message in a batch
                        var key => (ConversationEntry)Drafts.Message(conversation,
                            dedupeKey: key < 8 ? Guid.NewGuid().ToString("N") : null),
                    };
                })]);
            Assert.Equal(["0"], await Database.QueryAsync(
                """
                select count(*) from (select id, lag(id) over (partition by conversation_id order by sequence) as before
                                        from messages) each where before > id
                """));
        }
    }

    [SpecFact]
    public async Task A_ring_reaches_the_other_instances()
    {
        var (here, there) = (new PostgresObserverSignals(Stores.Postgres, Stores.Settings),
            new PostgresObserverSignals(AnotherInstance().Postgres, Stores.Settings));
        using var ending = new CancellationTokenSource();
        var heard = 0;
        var listening = there.ListenAsync(() => Interlocked.Increment(ref heard), ending.Token);

        await Eventually.HoldsAsync(async () =>
        {
            await here.SendAsync(CancellationToken.None);
            return Volatile.Read(ref heard) > 0;
        });

        await ending.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => listening);
    }
}
