using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Server.Persistence;
using Chat.Server.Persistence.Entries;
using Chat.Server.Tasks.Store;
using Npgsql;

namespace Chat.Tests.Faults;

/// <summary>A change that meets somebody else's, so that PostgreSQL refuses it for the moment, is made all the same,
/// whatever it changes.</summary>
public sealed class ConflictTests : IAsyncLifetime
{
    private static readonly UserId Ann = UserId.Parse("ann"), Bob = UserId.Parse("bob");

    private TestDatabase _database = null!;
    private StoreHost _stores = null!;
    private ConversationId _conversation;

    /// <summary>Waited too long for a lock, gave way in a deadlock, was not serializable.</summary>
    private static readonly string[] Conflicts = ["55P03", "40P01", "40001"];

    private static CancellationToken None => CancellationToken.None;

    public async Task InitializeAsync()
    {
        if (RequiredTools.PostgresSkipReason is not null) return;
        _database = await TestDatabase.CreateAsync(DatabaseKind.Postgres);
        _stores = new StoreHost(_database.Settings);
        var created = Drafts.Created("ann", "bob");
        await _stores.Conversations.CreateAsync(created, ConversationKind.Group, hasOwner: true, None);
        _conversation = created.ConversationId;
    }

    public async Task DisposeAsync()
    {
        if (RequiredTools.PostgresSkipReason is not null) return;
        await _stores.DisposeAsync();
        await _database.DisposeAsync();
    }

    [PostgresFact]
    public async Task A_call_that_changes_something_is_tried_again()
    {
        await _stores.Messages.CommitAsync(Drafts.Of(Drafts.Message(_conversation)), Drafts.Noon, None);
        await _stores.TaskUpkeep.AddQueuesAsync(["known"], None);
        await _stores.RoomClients.TryAddAsync(Bob, Drafts.Noon, None);
        await _stores.Cursors.TryMoveAsync("job", null, 1, effect: null, None);
        (string Table, Func<Task> Change, string Then, string Expected)[] changes =
        [
            ("participants", () => _stores.Conversations.SetMutedAsync(_conversation, Ann, true, None),
                "select count(*) from participants where is_muted", "1"),
            ("participants", () => _stores.Conversations.MarkReadAsync(_conversation, Bob, 1, None),
                "select last_read_sequence from participants where user_id = 'bob'", "1"),
            ("room_clients", () => _stores.RoomClients.TryAddAsync(Ann, Drafts.Noon, None),
                "select count(*) from room_clients", "2"),
            ("room_clients", () => _stores.RoomClients.TouchAsync([new(Bob, Drafts.Noon.AddDays(1))], None),
                "select extract(day from last_seen_at) from room_clients where client_id = 'bob'", "2"),
            ("users", () => _stores.Presence.NoteLastSeenAsync([new(Ann.Key(), Drafts.Noon)], None),
                "select count(*) from users", "1"),
            ("conversations", () => _stores.Erasures.MarkAsync(_conversation, 1, None),
                "select sum(erased_sequence) from conversations", "1"),
            ("job_cursors", () => _stores.Cursors.TryMoveAsync("job", 1, 7, effect: null, None),
                "select position from job_cursors", "7"),
            ("task_queues", () => _stores.TaskAdmin.SetPausedAsync("known", true, None),
                "select count(*) from task_queues where is_paused", "1"),
            ("tasks", () => _stores.Tasks.EnqueueAsync([NewTasks.Of()], Drafts.Noon, None),
                "select count(*) from tasks", "1"),
            ("tasks", () => _stores.TaskAdmin.RunNowAsync(
                TaskSelection.All("default", TaskState.Pending), Drafts.Noon, None),
                "select count(*) from tasks", "1"),
            ("tasks", () => _stores.Tasks.ExchangeAsync("w", [], [new("default", 1)], Drafts.Noon.AddDays(1),
                Drafts.Noon.AddDays(1), None), "select count(*) from tasks where state = 3", "1"),
            ("messages", () => _stores.Erasures.EraseAsync(
                _conversation, [new ErasedPart(0, 2)], user: null, None),
                "select count(*) from messages where message <> ''", "0"),
        ];
        foreach (var (i, (table, change, then, expected)) in changes.Index())
        {
            await RefuseAsync(table, Conflicts[i % Conflicts.Length], times: 2);
            await change().WaitAsync(Bounds.Wait);
            Assert.Equal([expected], await _database.QueryAsync(then));
            await _database.ExecuteAsync($"drop trigger conflict on {table}");
        }
    }

    [PostgresFact]
    public async Task Clients_that_were_removed_before_the_conflict_are_told_of_too()
    {
        foreach (var user in new[] { Ann, Bob }) await _stores.RoomClients.TryAddAsync(user, Drafts.Noon, None);
        await RefuseAsync("room_clients", "40P01", times: 1, removalOf: "bob");
        Assert.Equal([Ann, Bob],
            (await _stores.RoomClients.RemoveInactiveAsync(Drafts.Noon.AddDays(1), None)).OrderBy(u => u.Value));
    }

    [PostgresFact]
    public async Task Where_the_other_does_not_give_way_it_is_said_that_nothing_was_changed()
    {
        await RefuseAsync("participants", "55P03", times: 1_000);
        var failure = await Assert.ThrowsAsync<StoreException>(
            () => _stores.Conversations.SetMutedAsync(_conversation, Ann, true, None));
        Assert.Equal(StoreFailure.Locked, failure.Failure);
    }

    /// <summary>Somebody holds a row for longer than one wait for a lock takes: what has nothing to do with it goes on,
    /// with the one connection that there is.</summary>
    [PostgresFact]
    public async Task A_waiter_for_a_lock_gives_the_connection_back_in_between()
    {
        await using var stores = new StoreHost(_database.Settings,
            new KeyValuePair<string, string?>("Chat:Persistence:ReadConnections", "2")); // one of them listens
        await using var other = new NpgsqlConnection(_database.Settings.ConnectionString + ";Pooling=false");
        await other.OpenAsync();
        await ExecuteAsync(other, "begin; select 1 from participants where user_id = 'ann' for update");
        var muted = UntilMutedAsync(stores);
        for (var i = 0; i < 2; i++)
            Assert.True(await stores.Conversations.ExistsAsync(_conversation, None).WaitAsync(Bounds.Wait));
        Assert.False(muted.IsCompleted);
        await ExecuteAsync(other, "rollback");
        await muted.WaitAsync(Bounds.Wait);
        Assert.Equal(["1"], await _database.QueryAsync("select count(*) from participants where is_muted"));
    }

    /// <summary>It gives up after five seconds, as another test has it. Here somebody waits on.</summary>
    private async Task UntilMutedAsync(StoreHost stores)
    {
        while (true)
            try
            {
                await stores.Conversations.SetMutedAsync(_conversation, Ann, true, None);
                return;
            }
            catch (StoreException e) when (e.Failure == StoreFailure.Locked)
            {
                // NOTE: on a busy machine the others may take longer than that.
            }
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>The next so many changes of a row of the table fail. A sequence counts them: it is not rolled
    /// back.</summary>
    private Task RefuseAsync(string table, string conflict, int times, string? removalOf = null) =>
        _database.ExecuteAsync(
        $"""
        create sequence if not exists conflicts;
        select setval('conflicts', 1, false);
        create or replace function conflict() returns trigger language plpgsql as $$
        begin
          if nextval('conflicts') <= {times} then
            raise exception 'a conflict' using errcode = '{conflict}';
          end if;
          return case when tg_op = 'DELETE' then old else new end;
        end $$;
        create trigger conflict before {(removalOf is null ? "insert or update or delete" : "delete")} on {table}
          for each row {(removalOf is null ? "" : $"when (old.client_id = '{removalOf}')")}
          execute function conflict();
        """);
}
