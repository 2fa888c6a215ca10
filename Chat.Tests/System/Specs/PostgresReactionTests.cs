using Chat.Server.Persistence;
using Chat.Tests.Fixtures;
using Npgsql;

namespace Chat.Tests.Specs;

/// <summary>On PostgreSQL, reactions that an entry tells later anyway are stored beside the conversation's
/// lock.</summary>
[RequiresPostgres]
public sealed class PostgresReactionTests : ReactionSpec
{
    internal override DatabaseKind Kind => DatabaseKind.Postgres;

    // CH-254
    [SpecFact]
    public async Task What_has_to_be_told_at_once_is_not_stored_quietly()
    {
        var id = await WithMessagesAsync(1);
        Task<CommitOutcome> QuietAsync(int milliseconds, string user) => OneAsync(
            Stores.Messages.ReactAsync([Set(id, 2, user, "👍")], At(milliseconds), None));

        Assert.Equal(CommitStatus.Again, (await QuietAsync(0, "ann")).Status);
        Assert.Equal("", await TotalsAsync(id, 2));
        var told = await SetAsync(id, 2, "ann", 0, "👍"); // 3
        Assert.Equal((CommitStatus.Duplicate, 3), Of(await QuietAsync(50, "ann")));

        var mark = (await QuietAsync(100, "bob")).Reactions!.Untold!;
        Assert.Equal((3, told.CreatedAt + TimeSpan.FromMilliseconds(250)), (mark.Told, mark.DueAt));
        Assert.Equal((CommitStatus.Duplicate, 0), Of(await QuietAsync(120, "bob")));
        Assert.Equal((CommitStatus.Stored, 0), Of(await QuietAsync(400, "cyd"))); // who tells is still to come
        Assert.Equal((CommitStatus.Stored, 4), Of(await TellAsync(Stores, mark, 400)));
        Assert.Equal("👍3 : nobody", Said((await ReadAllAsync(id))[3]));

        Assert.Equal((CommitStatus.Stored, 0), Of(await QuietAsync(500, "dan")));
        await TellAsync(Stores, (await QuietAsync(500, "eve")).Reactions!.Untold!, 650);
        Assert.Equal(CommitStatus.Again, (await QuietAsync(2_000, "fay")).Status);
        Assert.Equal("👍5", await TotalsAsync(id, 2));
    }

    // CH-254: what is sent does not wait for reactions, nor they for it
    [SpecFact]
    public async Task They_wait_for_nobody_who_holds_the_conversation_and_a_deletion_waits_for_them()
    {
        var id = await WithMessagesAsync(1);
        await SetAsync(id, 2, "ann", 0, "👍");
        await using var session = new NpgsqlConnection(Database.Settings.ConnectionString);
        await session.OpenAsync();
        await using (var transaction = await session.BeginTransactionAsync())
        {
            await ExecuteAsync($"update conversations set title = 'held' where id = '{id.Value}'");
            Assert.Equal(CommitStatus.Stored, Assert.Single(await Stores.Messages.ReactAsync(
                [Set(id, 2, "bob", "👍")], At(100), None).WaitAsync(Bounds.Wait)).Status);
        }
        Task deleting;
        await using (var transaction = await session.BeginTransactionAsync())
        {
            // As a quiet reaction of another instance does.
            await ExecuteAsync("select 1 from message_states where sequence = 2 for no key update");
            deleting = RunAgainAsync(() => CommitAsync(Drafts.Deleted(id, 2)));
            await Eventually.HoldsAsync(async () => (await Database.QueryAsync(
                "select 1 from pg_stat_activity where wait_event_type = 'Lock'")).Count > 0);
            await ExecuteAsync($"insert into reactions values ('{id.Value}', 2, 'cyd', array['👍'])");
            await transaction.CommitAsync();
        }
        await deleting.WaitAsync(Bounds.Wait);
        Assert.Empty(await Database.QueryAsync("select 1 from reactions"));
        Assert.Empty(await Database.QueryAsync("select 1 from reaction_totals"));

        async Task ExecuteAsync(string sql)
        {
            await using var command = new NpgsqlCommand(sql, session);
            await command.ExecuteNonQueryAsync();
        }
    }

    // CH-8
    [SpecFact]
    public async Task Who_is_removed_while_a_reaction_is_stored_has_nothing_stored_behind_that()
    {
        var id = await WithMessagesAsync(1);
        await SetAsync(id, 2, "ann", 0, "👍");
        await Database.ExecuteAsync(
            """
            create function dawdle() returns trigger language plpgsql as $$
            begin
                perform set_config('lock_timeout', '0', true);
                perform pg_advisory_xact_lock(42);
                return new;
            end $$;
            create trigger dawdle before insert on reactions for each row execute function dawdle()
            """);
        await using var session = new NpgsqlConnection(Database.Settings.ConnectionString);
        await session.OpenAsync();
        await ExecuteAsync("select pg_advisory_lock(42)");
        var reacting = Stores.Messages.ReactAsync([Set(id, 2, "bob", "👍")], At(100), None);
        await Eventually.HoldsAsync(async () => await WaitAsync() == 1);

        var other = AnotherInstance();
        var removing = RunAgainAsync(
            () => other.Messages.CommitAsync(Drafts.Of(Drafts.Removed(id, "bob")), At(200), None));
        await Eventually.HoldsAsync(async () => removing.IsCompleted || await WaitAsync() == 2);
        Assert.False(removing.IsCompleted);
        await ExecuteAsync("select pg_advisory_unlock(42)");

        Assert.Equal(CommitStatus.Stored, Assert.Single(await reacting.WaitAsync(Bounds.Wait)).Status);
        await removing.WaitAsync(Bounds.Wait);
        Assert.Equal(CommitStatus.NotAllowed, Assert.Single(
            await Stores.Messages.ReactAsync([Set(id, 2, "bob", "❤") with { AsOf = 2 }], At(300), None)).Status);

        async Task<int> WaitAsync() => (await Database.QueryAsync(
            "select 1 from pg_locks where not granted and locktype = 'advisory' and database = "
            + "(select oid from pg_database where datname = current_database())")).Count;

        async Task ExecuteAsync(string sql)
        {
            await using var command = new NpgsqlCommand(sql, session);
            await command.ExecuteNonQueryAsync();
        }
    }

    private static async Task<CommitOutcome> OneAsync(Task<CommitOutcome[]> committing) =>
        Assert.Single(await committing);
}
