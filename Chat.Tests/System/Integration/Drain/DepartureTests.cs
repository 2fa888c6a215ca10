using Chat.ClientSdk;
using Chat.Contracts.Identifiers;
using Chat.Server.Hosting.Drain;
using Chat.Server.Persistence;
using Chat.Tests.Fixtures;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Tests.Integration.Drain;

/// <summary>How each kind of connection is asked to go, and ended (CH-83 to CH-85).</summary>
public sealed class DepartureTests
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1), Slot = TimeSpan.FromMilliseconds(10);

    [Theory]
    [InlineData("", 1001)]
    [InlineData("seq,receipts", 1001)]
    public async Task A_raw_socket_is_closed_with_1001(string features, int code)
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        await using var server = await TestServer.StartAsync(database.Settings);
        await using var raw = await server.ConnectRawAsync("ann", features);
        await DrainAsync(server);
        Assert.Equal(code, await raw.Ended.WaitAsync(Bounds.Wait));
        Assert.False(raw.TryNext(out var frame), frame);
    }

    // CH-84
    [Theory]
    [InlineData("user_id", "within_ms")]
    [InlineData("userId", "withinMs")]
    public async Task One_with_the_feature_reconnect_is_asked_first_may_send_on_and_is_closed_with_1012(
        string user, string field)
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        await using var standing = await StandingServer.StartAsync(database.Settings);
        await using var raw = await RawClient.OpenAsync(standing.Server.Url,
            $"{user}=ann&features=reconnect,receipts");
        Assert.Contains("\"reconnect\"", (await raw.UntilAsync("connected")).GetProperty("features").ToString(),
            StringComparison.Ordinal);
        await raw.SendAsync("""{"type":"join","conversation_id":"00000000-0000-0000-0000-000000000001"}""");
        await raw.UntilAsync("joined");
        var draining = standing.DrainAsync();
        var asked = await raw.UntilAsync("reconnect");
        Assert.Equal(2, asked.EnumerateObject().Count());
        Assert.Equal(1_000, asked.GetProperty(field).GetInt32());
        await raw.MessageAsync(ConversationId.Lobby, "in the grace");
        await raw.UntilAsync("receipt");
        Assert.False(raw.Ended.IsCompleted);
        await standing.PassUntilAsync(draining, Grace);
        Assert.Equal(1012, await raw.Ended.WaitAsync(Bounds.Wait));
    }

    [Fact]
    public async Task A_connection_that_goes_when_asked_is_not_waited_for()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        await using var standing = await StandingServer.StartAsync(database.Settings);
        await using var raw = await standing.Server.ConnectRawAsync("ann", "reconnect");
        await using var hub = await standing.Server.ConnectHubAsync("bob");
        Task stopping = Task.CompletedTask;
        hub.OnReconnectRequested(_ => stopping = hub.StopAsync());
        var draining = standing.DrainAsync();
        await raw.UntilAsync("reconnect");
        await raw.CloseAsync();
        await draining.WaitAsync(Bounds.Wait); // no time has passed
        await stopping;
    }

    [Theory]
    [InlineData(ChatTransports.WebSockets, false)]
    [InlineData(ChatTransports.WebSockets, true)]
    [InlineData(ChatTransports.LongPolling, false)]
    [InlineData(ChatTransports.ServerSentEvents, false)]
    public async Task A_hub_connection_is_asked_then_cut_so_that_it_connects_again_by_itself_and_resumes(
        ChatTransports transport, bool stateful)
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        await using var old = await StandingServer.StartAsync(database.Settings);
        await using var next = await TestServer.StartAsync(database.Settings);
        await using var front = new FaultProxy(old.Server.Url);
        await using var hub = new ChatHubConnection(ChatClientOptions.ForServer(front.Address) with
        {
            UserId = UserId.Parse("ann"), Transports = transport, StatefulReconnect = stateful,
        });
        var (requested, reconnected, seen) = (new Inbox<int>(), new Inbox<string?>(), new Inbox<long>());
        hub.OnReconnectRequested(request => requested.Add(request.WithinMilliseconds));
        hub.OnMessage(message => seen.Add(message.Sequence));
        hub.Reconnected += id =>
        {
            reconnected.Add(id);
            return Task.CompletedTask;
        };
        await hub.StartAsync();
        await hub.JoinAsync(ConversationId.Lobby);
        Assert.Equal(1, (await hub.SendAsync(ConversationId.Lobby, "on the old one")).Sequence);
        Assert.Equal(1, await seen.NextAsync());

        front.Target = next.Url;
        var draining = old.DrainAsync();
        Assert.Equal(1_000, await requested.NextAsync());
        // Not by the others: each of their requests is a connection of its own here, and this front sends new ones to
        // the new server.
        if (transport == ChatTransports.WebSockets)
            Assert.Equal(2, (await hub.SendAsync(ConversationId.Lobby, "in the grace")).Sequence);
        await old.PassUntilAsync(draining, Grace);
        front.Cut(); // as the end of the old process does
        await JoinWhenBackAsync();
        var last = (await hub.SendAsync(ConversationId.Lobby, "on the new one")).Sequence;
        var all = new List<long>();
        while (all.LastOrDefault() != last) all.Add(await seen.NextAsync());
        // 2 was perhaps seen before the cut already
        Assert.Equal(Enumerable.Range(2, (int)last - 1).Select(sequence => (long)sequence), all.Distinct());

        // It may have been back already when the front cut everything: then it comes back once more.
        async Task JoinWhenBackAsync()
        {
            while (true)
            {
                await reconnected.NextAsync();
                if (await Record.ExceptionAsync(() => hub.JoinAsync(ConversationId.Lobby, 1)) is not { } failure)
                    return;
                Assert.IsType<ChatDisconnectedException>(failure);
            }
        }
    }

    [Fact]
    public async Task Sends_that_were_accepted_get_their_receipts_before_the_close()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        await using var standing = await StandingServer.StartAsync(
            database.Settings, ("Chat:Persistence:CommandTimeoutSeconds", "60")); // SQLite's own wait is in real time
        var server = standing.Server;
        await using var sender = await server.ConnectRawAsync("ann", "receipts");
        await sender.JoinAsync(ConversationId.Lobby);
        var idle = new List<RawClient>();
        for (var i = 0; i < 10; i++) idle.Add(await server.ConnectRawAsync($"u{i}"));
        await using (var elsewhere = new SqliteConnection(database.Settings.ConnectionString + ";Pooling=false"))
        {
            await elsewhere.OpenAsync();
            // now no commit of the server gets through
            await using var writing = elsewhere.BeginTransaction(deferred: false);
            for (var i = 0; i < 5; i++) await sender.MessageAsync(ConversationId.Lobby, $"{i}", $"key{i}");
            await sender.JoinAsync(ConversationId.Lobby); // answered behind the sends: they were accepted
            var draining = standing.DrainAsync();
            // Only the time of the slots passes, not the second for answers; so its slot has come too, or is the last.
            await standing.PassUntilAsync(Task.WhenAll(idle.Select(socket => socket.Ended)), Slot);
            Assert.All(idle, socket => Assert.Equal(1001, socket.Ended.Result));
            await writing.RollbackAsync();
            var receipts = new HashSet<string?>();
            for (var i = 0; i < 5; i++)
                receipts.Add((await sender.UntilAsync("receipt")).GetProperty("dedupe_key").GetString());
            Assert.Equal(5, receipts.Count);
            await standing.PassUntilAsync(draining, Slot);
            Assert.Equal(1001, await sender.Ended.WaitAsync(Bounds.Wait));
        }
        foreach (var socket in idle) await socket.DisposeAsync();
        Assert.Equal(["5"], await database.QueryAsync("select count(*) from messages"));
    }

    private static Task DrainAsync(TestServer server) =>
        server.Services.GetRequiredService<Server.Hosting.Drain.Drain>().RunAsync().WaitAsync(Bounds.Wait);
}
