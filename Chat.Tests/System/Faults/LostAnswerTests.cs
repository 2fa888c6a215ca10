using System.Net.Http.Json;
using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Server.Persistence;
using Npgsql;

namespace Chat.Tests.Faults;

/// <summary>The connection to PostgreSQL is lost at any byte of a change: what is said of it is true.</summary>
public sealed class LostAnswerTests : IAsyncLifetime
{
    private TestDatabase _database = null!;
    private FaultProxy _proxy = null!;
    private StoreHost _stores = null!;

    private string Proxied { get; set; } = "";

    private static CancellationToken None => CancellationToken.None;

    /// <summary>So many bytes of the server, or of the client, are still heard; more than any of these changes
    /// takes.</summary>
    private static IEnumerable<(int Bytes, bool OfServer)> Cuts =>
        from bytes in Enumerable.Range(0, 24)
        from ofServer in (bool[])[true, false]
        select (bytes * bytes * 2, ofServer);

    public async Task InitializeAsync()
    {
        if (RequiredTools.PostgresSkipReason is not null) return;
        _database = await TestDatabase.CreateAsync(DatabaseKind.Postgres);
        var settings = new NpgsqlConnectionStringBuilder(_database.Settings.ConnectionString);
        _proxy = new FaultProxy(settings.Port);
        settings.Port = _proxy.Port;
        Proxied = settings.ConnectionString;
        _stores = new StoreHost(new DatabaseSettings(DatabaseKind.Postgres, Proxied));
    }

    public async Task DisposeAsync()
    {
        if (RequiredTools.PostgresSkipReason is not null) return;
        await _stores.DisposeAsync();
        await _proxy.DisposeAsync();
        await _database.DisposeAsync();
    }

    [PostgresFact]
    public async Task A_conversation_whose_answer_was_lost_is_made_once_and_its_creator_is_told()
    {
        foreach (var (bytes, ofServer) in Cuts)
        {
            await TouchAsync();
            var created = Drafts.Created("ann", "bob");
            CutAfter(bytes, ofServer);
            var summary = await _stores.Conversations.CreateAsync(created, ConversationKind.Group, hasOwner: true, None)
                .WaitAsync(Bounds.Wait);
            NoCut();
            Assert.Equal(created.ConversationId, summary.Id);
            Assert.Single(await _stores.Messages.ReadAfterAsync(created.ConversationId, 0, 10, None));
        }
        Assert.True(_proxy.Cuts > 0);
    }

    [PostgresFact]
    public async Task A_failure_reported_as_without_effect_has_no_effect()
    {
        var doubts = 0;
        await TouchAsync();
        foreach (var (bytes, ofServer) in Cuts)
        {
            var user = UserId.Parse($"user {bytes} {ofServer}");
            var task = NewTasks.Of();
            doubts += await CheckAsync(bytes, ofServer, () => _stores.RoomClients.TryAddAsync(user, Drafts.Noon, None),
                async () => (await _stores.RoomClients.FindJoinedAsync([user], None)).Count);
            doubts += await CheckAsync(bytes, ofServer, () => _stores.Tasks.EnqueueAsync([task], Drafts.Noon, None),
                async () => await _stores.TaskAdmin.FindAsync(task.Id, None) is null ? 0 : 1);
        }
        Assert.True(doubts > 0);
    }

    // CH-11
    [PostgresFact]
    public async Task A_message_over_REST_whose_answer_was_lost_is_looked_up_and_waits_once()
    {
        await using var server = await TestServer.StartAsync(
            new DatabaseSettings(DatabaseKind.Postgres, Proxied), ("Chat:Tasks:Concurrency", "0"));
        var accepted = 0;
        foreach (var (bytes, ofServer) in Cuts)
        {
            var body = $"after {bytes} {ofServer}";
            CutAfter(bytes, ofServer);
            using var answer = await server.Http.PostAsJsonAsync(
                $"/api/v1/chat/{ConversationId.Lobby}", new { sender_id = "ann", body }).WaitAsync(Bounds.Wait);
            NoCut();
            if (answer.IsSuccessStatusCode) accepted++;
            else
                Assert.Contains("nothing was changed", await answer.Content.ReadAsStringAsync(),
                    StringComparison.Ordinal);
            Assert.Equal(answer.IsSuccessStatusCode ? ["1"] : ["0"], await _database.QueryAsync(
                $"select count(*) from tasks where convert_from(payload, 'UTF8') like '%{body}\"%'"));
        }
        Assert.True(accepted > 0);
        Assert.True(_proxy.Cuts > 0);
    }

    /// <returns>1 when it was said not to be known.</returns>
    private async Task<int> CheckAsync(int bytes, bool ofServer, Func<Task> change, Func<Task<int>> count)
    {
        CutAfter(bytes, ofServer);
        StoreException? failure = null;
        try
        {
            await change().WaitAsync(Bounds.Wait);
        }
        catch (StoreException e)
        {
            failure = e;
        }
        NoCut();
        await TouchAsync();
        if (failure?.Failure == StoreFailure.InDoubt) return 1;
        Assert.Equal(failure is null ? 1 : 0, await count());
        return 0;
    }

    /// <summary>Sessions are there again, of both pools.</summary>
    private Task TouchAsync() => Eventually.HoldsAsync(async () =>
    {
        try
        {
            await _stores.RoomClients.FindJoinedAsync([UserId.Parse("nobody")], None);
            return await _stores.Ping.FindProblemAsync(None) is null;
        }
        catch (StoreException)
        {
            return false;
        }
    });

    private void CutAfter(int bytes, bool ofServer)
    {
        if (ofServer) _proxy.CutAfter(bytes);
        else _proxy.CutAfterFromClient(bytes);
    }

    private void NoCut()
    {
        _proxy.CutAfter(long.MaxValue);
        _proxy.CutAfterFromClient(long.MaxValue);
    }
}
