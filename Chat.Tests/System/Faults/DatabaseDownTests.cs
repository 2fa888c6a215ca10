using System.Diagnostics;
using Chat.Contracts.Identifiers;
using Chat.Server.Observability;
using Chat.Server.Persistence;
using Chat.Tests.Fixtures;
using Chat.Tests.Specs.Transports;

namespace Chat.Tests.Faults;

/// <summary>What clients are told while PostgreSQL is down, and that everything goes on by itself afterwards.</summary>
public sealed class DatabaseDownTests
{
    // CH-11
    [PostgresFact]
    public async Task While_the_database_is_down_every_transport_says_so_nothing_is_stored_and_all_recover()
    {
        await using var postgres = await PostgresServer.StartNewAsync();
        var settings = new DatabaseSettings(DatabaseKind.Postgres, await postgres.CreateDatabaseAsync());
        await using var server = await TestServer.StartAsync(settings, ("Chat:Core:InDoubtMilliseconds", "300"));
        ITestClient[] clients = [await HubTestClient.ConnectAsync(server, "hub"),
            await RawTestClient.ConnectAsync(server, "raw"), await RoomTestClient.ConnectAsync(server, "room")];
        foreach (var client in clients)
        {
            await client.JoinAsync(ConversationId.Lobby);
            await client.SendAsync(ConversationId.Lobby, $"before {client.User}");
        }
        await postgres.StopAsync();
        foreach (var client in clients)
            for (var i = 0; i < 2; i++)
                Assert.Equal("internal_error",
                    (await Assert.ThrowsAsync<RefusedException>(
                        () => client.SendAsync(ConversationId.Lobby, "lost"))).Code);
        Assert.Equal(System.Net.HttpStatusCode.ServiceUnavailable,
            (await server.Http.GetAsync("/health/ready")).StatusCode);
        Assert.Equal(System.Net.HttpStatusCode.OK, (await server.Http.GetAsync("/health/live")).StatusCode);

        await postgres.StartAsync();
        foreach (var client in clients) await SendWhenPossibleAsync(client, $"after {client.User}");
        foreach (var watcher in clients)
        {
            // The same connections go on, and nobody ever sees what was refused.
            var bodies = new List<string?>();
            while (bodies.Count(body => body!.StartsWith("after", StringComparison.Ordinal)) < clients.Length)
                bodies.Add((await watcher.NextAsync()).Body);
            Assert.DoesNotContain("lost", bodies);
        }
        await using var stores = new StoreHost(settings);
        var log = await stores.Messages.ReadAfterAsync(ConversationId.Lobby, 0, 1_000, CancellationToken.None);
        Assert.Equal(Enumerable.Range(1, log.Count).Select(i => (long)i), log.Select(entry => entry.Sequence));
        foreach (var client in clients) await client.DisposeAsync();
        Assert.Equal(Enum.GetValues<ChatTransport>().Length, clients.Length);
    }

    private static Task SendWhenPossibleAsync(ITestClient client, string body) => Eventually.HoldsAsync(async () =>
    {
        try
        {
            await client.SendAsync(ConversationId.Lobby, body);
            return true;
        }
        catch (RefusedException e) when (e.Code == "internal_error")
        {
            return false; // connections that broke are replaced one by one
        }
    });
}
