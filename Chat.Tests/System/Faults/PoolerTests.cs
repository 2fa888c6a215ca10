using Chat.Contracts.Identifiers;
using Chat.Server.Hosting.Start;
using Chat.Server.Persistence;
using Chat.Server.Persistence.Postgres;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Chat.Tests.Faults;

/// <summary>A connection pooler between the server and PostgreSQL.</summary>
public sealed class PoolerTests
{
    private static CancellationToken None => CancellationToken.None;

    [PgBouncerFact]
    public async Task One_that_gives_each_transaction_another_session_is_refused_with_words()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Postgres);
        await using var bouncer = await PgBouncer.StartAsync(database.Settings, "transaction");
        await using var stores = new StoreHost(bouncer.Behind(database.Settings));

        var refused = await Assert.ThrowsAsync<StoreException>(() => stores.Migrator.MigrateAsync(None));
        var line = Assert.Single(StartProblems.Describe(refused)!);
        Assert.Contains("pool_mode = session", line, StringComparison.Ordinal);
        Assert.Contains("pool_mode = session", await stores.Ping.FindProblemAsync(None), StringComparison.Ordinal);
    }

    [PgBouncerFact]
    public async Task Behind_one_that_gives_each_connection_its_session_all_works()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Postgres);
        await using var bouncer = await PgBouncer.StartAsync(database.Settings, "session");
        await using var server = await TestServer.StartAsync(bouncer.Behind(database.Settings));
        await using var ann = await server.ConnectHubAsync("ann");

        for (var i = 1; i <= 20; i++) Assert.Equal(i, (await ann.SendAsync(ConversationId.Lobby, $"{i}")).Sequence);

        Assert.Equal(20, (await ann.HistoryAsync(ConversationId.Lobby)).Entries.Count);
        await Eventually.HoldsAsync(async () => (await server.Http.GetAsync("/health/ready")).IsSuccessStatusCode);
    }

    /// <summary>The server names its processes; a pooler makes up names of its own for them. What ends a session whose
    /// commit is in doubt has to know the real one.</summary>
    [PgBouncerFact]
    public async Task The_process_of_a_session_is_known_by_its_real_name()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Postgres);
        await using var bouncer = await PgBouncer.StartAsync(database.Settings, "session");
        await using var connections = new PostgresConnections(bouncer.Behind(database.Settings),
            Options.Create(new PersistenceOptions()),
            new DatabaseClock(new InstanceClock(TimeProvider.System), NullLogger<DatabaseClock>.Instance));

        await PostgresConnections.RunAsync(connections.Commits, async connection =>
        {
            await using var command = new NpgsqlCommand("select pg_backend_pid()", connection);
            var real = (int)(await command.ExecuteScalarAsync())!;
            Assert.NotEqual(real, connection.ProcessID);
            Assert.Equal(real, connections.ProcessOf(connection));
            return true;
        }, None);
    }
}
