using System.Net;
using System.Net.Http.Json;
using Chat.ClientSdk;
using Chat.Contracts.Errors;
using Chat.Contracts.Identifiers;
using Chat.Server.Connections;
using Chat.Server.Observability;
using Chat.Server.Persistence;
using Chat.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Tests.Integration.Connections;

/// <summary>What the server knows of the connections of each transport, and how it ends one of them (CH-36).</summary>
public sealed class OpenConnectionTests
{
    private static readonly UserId Ann = UserId.Parse("ann");

    [Fact]
    public async Task A_users_connections_are_found_whatever_their_transport_until_they_end()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        await using var server = await TestServer.StartAsync(database.Settings);
        var connections = server.Services.GetRequiredService<ConnectionRegistry>();
        await using var other = await server.ConnectRawAsync("bob");
        await using (await server.ConnectRawAsync("ann"))
        await using (await OpenHubAsync(server))
        {
            var poll = await PollAsync(server, connections);
            Assert.Equal([ChatTransport.WebSocket, ChatTransport.SignalR, ChatTransport.LongPoll], TransportsOf(Ann));
            Assert.Equal(4, connections.All.Count());
            Assert.All(connections.Of(Ann.Key()),
                connection => Assert.Same(connection, connections.Find(connection.Id)));
            await EndAsync(connections.Of(Ann.Key())[2], Departure.Left);
            (await poll.WaitAsync(Bounds.Wait)).Dispose();
        }
        await Eventually.HoldsAsync(() => NoneIsOpenAsync(server, Ann));
        Assert.Equal([ChatTransport.WebSocket], TransportsOf(UserId.Parse("bob")));

        IEnumerable<ChatTransport> TransportsOf(UserId user) =>
            connections.Of(user.Key()).Select(connection => connection.Transport);
    }

    [Fact]
    public async Task With_one_session_per_user_a_newer_socket_closes_the_older_with_4001_and_nothing_else()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        await using var server = await TestServer.StartAsync(database.Settings,
            ("Chat:RawSocket:SingleSessionPerUser", "true"));
        await using var hub = await server.ConnectHubAsync("ann");
        await using var other = await server.ConnectRawAsync("bob", "receipts");
        var before = await server.ConnectRawAsync("ann");
        for (var i = 0; i < 3; i++)
        {
            var next = await server.ConnectRawAsync("ann", "receipts");
            Assert.Equal((int)CloseReason.SessionReplaced, await before.Ended.WaitAsync(Bounds.Wait));
            await before.DisposeAsync();
            before = next;
        }
        await before.JoinAsync(ConversationId.Lobby);
        await before.MessageAsync(ConversationId.Lobby, "still here");
        await before.UntilAsync("receipt");
        await other.JoinAsync(ConversationId.Lobby);
        await hub.SendAsync(ConversationId.Lobby, "so am I");
        await before.DisposeAsync();
    }

    [Fact]
    public async Task A_connection_of_each_transport_can_be_ended_with_a_reason()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        // However late this process reads that it is ended.
        await using var standing = await StandingServer.StartAsync(database.Settings);
        var server = standing.Server;
        var connections = server.Services.GetRequiredService<ConnectionRegistry>();

        await using var raw = await server.ConnectRawAsync("ann");
        await EndAsync(Assert.Single(connections.Of(Ann.Key())), Departure.Closed);
        Assert.Equal((int)CloseReason.SessionReplaced, await raw.Ended.WaitAsync(Bounds.Wait));
        await Eventually.HoldsAsync(() => NoneIsOpenAsync(server, Ann));

        await using var hub = await OpenHubAsync(server);
        var closed = new TaskCompletionSource<Exception?>(TaskCreationOptions.RunContinuationsAsynchronously);
        hub.Closed += error =>
        {
            closed.TrySetResult(error);
            return Task.CompletedTask;
        };
        hub.Reconnecting += error =>
        {
            closed.TrySetResult(error);
            return Task.CompletedTask;
        };
        var ending = Assert.Single(connections.Of(Ann.Key()))
            .EndAsync(CloseReason.SessionReplaced, "replaced by a test", default);
        await standing.PassUntilAsync(ending, TimeSpan.FromSeconds(1));
        Assert.Contains("replaced by a test", (await closed.Task.WaitAsync(Bounds.Wait))!.ToString(),
            StringComparison.Ordinal);
        await hub.StopAsync();
        await Eventually.HoldsAsync(() => NoneIsOpenAsync(server, Ann));

        var poll = await PollAsync(server, connections);
        await EndAsync(Assert.Single(connections.Of(Ann.Key())), Departure.Left);
        using var answer = await poll.WaitAsync(Bounds.Wait);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    private static async Task EndAsync(Connection connection, Departure expected)
    {
        Assert.Equal(expected,
            await connection.EndAsync(CloseReason.SessionReplaced, "ended by a test", default).WaitAsync(Bounds.Wait));
        Assert.True(connection.HasEnded);
    }

    /// <summary>One of ann's that the server knows: it answers the handshake before.</summary>
    private static async Task<ChatHubConnection> OpenHubAsync(TestServer server)
    {
        var hub = await server.ConnectHubAsync("ann");
        await hub.MeAsync();
        return hub;
    }

    /// <summary>A poll of ann's that waits.</summary>
    private static async Task<Task<HttpResponseMessage>> PollAsync(TestServer server, ConnectionRegistry connections)
    {
        (await server.Http.PostAsJsonAsync("/api/join", new { client_id = "ann" })).EnsureSuccessStatusCode();
        var poll = server.Http.GetAsync("/api/messages?client_id=ann");
        await Eventually.HoldsAsync(async () =>
        {
            await server.Operators.GetStringAsync("/metrics");
            return connections.Of(Ann.Key()).Exists(connection => connection.Transport == ChatTransport.LongPoll);
        });
        return poll;
    }

    private static async Task<bool> NoneIsOpenAsync(TestServer server, UserId user)
    {
        await server.Operators.GetStringAsync("/metrics");
        return server.Services.GetRequiredService<ConnectionRegistry>().Of(user.Key()).Count == 0;
    }
}
