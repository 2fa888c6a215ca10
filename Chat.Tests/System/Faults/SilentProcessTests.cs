using Chat.ClientSdk;
using Chat.Contracts.Commands;
using Chat.Contracts.Identifiers;
using Chat.Server.Persistence;
using Npgsql;

namespace Chat.Tests.Faults;

/// <summary>Somebody holds the lock of a conversation and does not go on: a server process that is paused in the middle
/// of a commit, or an operator's statement. Nobody else waits for that.</summary>
public sealed class SilentProcessTests : IAsyncLifetime
{
    private TestDatabase _database = null!;
    private TestServer _server = null!;

    public async Task InitializeAsync()
    {
        if (RequiredTools.PostgresSkipReason is not null) return;
        _database = await TestDatabase.CreateAsync(DatabaseKind.Postgres);
        _server = await StartAsync(patience: Bounds.Wait);
    }

    public async Task DisposeAsync()
    {
        if (RequiredTools.PostgresSkipReason is not null) return;
        await _server.DisposeAsync();
        await _database.DisposeAsync();
    }

    // CH-11
    [PostgresFact]
    public async Task A_process_that_went_silent_in_a_commit_delays_its_conversation_for_seconds_and_no_other()
    {
        await using var ann = await _server.ConnectHubAsync("ann");
        var (held, free) = (await CreateAsync(ann), await CreateAsync(ann));
        // As another instance that is paused once it has the answer of its statement.
        await using var silent = await LockAsync(held, "chat 00000000000000000000000000000000");
        await using var answers = await OpenAsync("psql", "select pg_advisory_lock(1)");
        await using var statement = new NpgsqlCommand("select pg_advisory_xact_lock(1)", silent)
        {
            CommandTimeout = 0,
        };
        var saying = statement.ExecuteNonQueryAsync();

        var waiting = ann.SendAsync(held, "in time");
        for (var i = 0; i < 5; i++) await ann.SendAsync(free, $"{i}").WaitAsync(Bounds.Wait);
        Assert.False(waiting.IsCompleted);
        await answers.CloseAsync();
        await saying.WaitAsync(Bounds.Wait); // from here on PostgreSQL waits for what it says next

        Assert.Equal(2, (await waiting.WaitAsync(Bounds.Wait)).Sequence);
        // What the silent process then hears is that its commit did not happen.
        await using var command = new NpgsqlCommand("commit", silent);
        var ended = await Assert.ThrowsAnyAsync<NpgsqlException>(() => command.ExecuteNonQueryAsync());
        Assert.Equal(PostgresErrorCodes.AdminShutdown, (ended as PostgresException)?.SqlState);
    }

    // CH-11
    [PostgresFact]
    public async Task Who_holds_a_message_delays_what_changes_it_and_no_other_conversation()
    {
        await using var ann = await _server.ConnectHubAsync("ann");
        var (held, free) = (await CreateAsync(ann), await CreateAsync(ann));
        var message = (await ann.SendAsync(held, "first")).Sequence;
        await ann.EditMessageAsync(held, message, new EditMessage { Body = "second" }); // it has a state from here on
        await using var operators = await LockAsync("message_states", $"conversation_id = '{held.Value}'", "psql");

        var waiting = ann.EditMessageAsync(held, message, new EditMessage { Body = "in time" });
        for (var i = 0; i < 5; i++) await ann.SendAsync(free, $"{i}").WaitAsync(Bounds.Wait);
        Assert.False(waiting.IsCompleted);

        await using var command = new NpgsqlCommand("rollback", operators);
        await command.ExecuteNonQueryAsync();
        Assert.False((await waiting.WaitAsync(Bounds.Wait)).Duplicate);
    }

    /// <summary>An instance that is paused while it sends a large batch: PostgreSQL has run the first statement, which
    /// takes the locks, and waits for the rest.</summary>
    // CH-11
    [PostgresFact]
    public async Task An_instance_that_stops_in_the_middle_of_a_batch_keeps_nobody_else_waiting_and_stores_nothing()
    {
        await using var ann = await _server.ConnectHubAsync("ann");
        var (held, free) = (await CreateAsync(ann), await CreateAsync(ann));
        var settings = new NpgsqlConnectionStringBuilder(_database.Settings.ConnectionString);
        await using var proxy = new FaultProxy(settings.Port);
        settings.Port = proxy.Port;
        await using var other = new StoreHost(
            new DatabaseSettings(DatabaseKind.Postgres, settings.ConnectionString),
            [new("Chat:Persistence:CommandTimeoutSeconds", "60")]);
        await other.Messages.CommitAsync(Drafts.Of(Drafts.Message(held)), Drafts.Noon, default); // opens a session
        var batch = Drafts.Of(Enumerable.Range(0, 20).Select(_ => Drafts.Message(held, new string('x', 20_000))));

        proxy.FreezeAfterFromClient(60_000);
        var stopped = other.Messages.CommitAsync(batch, Drafts.Noon, default);
        await Eventually.HoldsAsync(async () => (await _database.QueryAsync(
            $"select state from pg_stat_activity where application_name = '{other.Postgres.ApplicationName}' "
                + "and wait_event = 'ClientRead' and backend_xid is not null")) is ["active"]);
        var waiting = ann.SendAsync(held, "in time");
        for (var i = 0; i < 5; i++) await ann.SendAsync(free, $"{i}").WaitAsync(Bounds.Wait);
        Assert.False(stopped.IsCompleted);

        Assert.Equal(3, (await waiting.WaitAsync(Bounds.Wait)).Sequence);
        proxy.Thaw();
        Assert.Equal(StoreFailure.InDoubt,
            (await Assert.ThrowsAsync<StoreException>(() => stopped.WaitAsync(Bounds.Wait))).Failure);
        Assert.All(await other.Messages.ResolveAsync(batch, default), outcome => Assert.Null(outcome));
        Assert.Equal(4, (await ann.SendAsync(held, "after")).Sequence);
    }

    // CH-11
    [PostgresFact]
    public async Task A_lock_of_somebody_else_is_left_alone_and_senders_are_told_that_nothing_was_stored()
    {
        await using var hasty = await StartAsync(patience: TimeSpan.FromSeconds(1));
        await using var ann = await hasty.ConnectHubAsync("ann");
        var (held, free) = (await CreateAsync(ann), await CreateAsync(ann));
        await using (var operators = await LockAsync(held, "psql"))
        {
            var waiting = ann.SendAsync(held, "lost");
            await ann.SendAsync(free, "stored").WaitAsync(Bounds.Wait);
            var refused = await Assert.ThrowsAsync<ChatRefusedException>(() => waiting.WaitAsync(Bounds.Wait));
            Assert.Contains("nothing was stored", refused.Message, StringComparison.Ordinal);
            await using var command = new NpgsqlCommand("rollback", operators);
            await command.ExecuteNonQueryAsync();
        }

        Assert.Equal(2, (await ann.SendAsync(held, "stored")).Sequence);
    }

    /// <summary>With one lane, so that all conversations share it.</summary>
    private Task<TestServer> StartAsync(TimeSpan patience) => TestServer.StartAsync(_database.Settings,
        ("Chat:Core:AppendLanes", "1"), ("Chat:Core:FullLaneMilliseconds", $"{patience.TotalMilliseconds:0}"));

    private static async Task<ConversationId> CreateAsync(ChatHubConnection hub) =>
        (await hub.CreateConversationAsync(new CreateConversation { ParticipantIds = [UserId.Parse("ann")] })).Id;

    private Task<NpgsqlConnection> LockAsync(ConversationId conversation, string name) =>
        LockAsync("conversations", $"id = '{conversation.Value}'", name);

    private Task<NpgsqlConnection> LockAsync(string table, string rows, string name) =>
        OpenAsync(name, $"begin; select 1 from {table} where {rows} for no key update");

    private async Task<NpgsqlConnection> OpenAsync(string name, string sql)
    {
        var settings = new NpgsqlConnectionStringBuilder(_database.Settings.ConnectionString)
        {
            Pooling = false, ApplicationName = name,
        };
        var connection = new NpgsqlConnection(settings.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
        return connection;
    }
}
