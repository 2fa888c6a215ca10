using System.Net;
using Chat.ClientSdk;
using Chat.Contracts.Identifiers;
using Chat.Server.Limits;
using Chat.Server.Persistence;
using Chat.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Tests.Integration.Limits;

/// <summary>CH-124: hub connections that are negotiated and not opened are bounded, also where limits are
/// off.</summary>
public sealed class NegotiationLimitTests
{
    [Fact]
    public async Task While_too_many_wait_to_be_opened_another_is_refused_and_one_that_is_opened_makes_room()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        // They count for a time, which must not be over because the machine is busy.
        await using var standing = await StandingServer.StartAsync(database.Settings, ("Chat:Limits:Factor", "0"));
        var server = standing.Server;
        var negotiated = server.Services.GetRequiredService<NegotiatedConnections>();
        for (var i = 0; i < NegotiatedConnections.Most - 1; i++) Assert.Null(negotiated.Add());

        // It negotiates, and takes the last place until it is open.
        await using var hub = new ChatHubConnection(ChatClientOptions.ForServer(server.Url) with
        {
            UserId = UserId.Parse("ann"), Transports = ChatTransports.LongPolling, Reconnect = null,
        });
        await hub.StartAsync();
        await hub.MeAsync(); // it is open

        Assert.Equal(HttpStatusCode.OK, (await NegotiateAsync(server)).StatusCode);
        using var refused = await NegotiateAsync(server);
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(5), refused.Headers.RetryAfter!.Delta);
        Assert.StartsWith("{\"error\":\"16384 connections were negotiated and not opened",
            await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        // A connection that needs no negotiation is taken.
        await using var other = new ChatHubConnection(ChatClientOptions.ForServer(server.Url) with
        {
            UserId = UserId.Parse("ben"), Transports = ChatTransports.WebSockets, SkipNegotiation = true,
            Reconnect = null,
        });
        await other.StartAsync();
    }

    private static Task<HttpResponseMessage> NegotiateAsync(TestServer server) =>
        server.Http.PostAsync("/hubs/chat/negotiate?user_id=cid&negotiateVersion=1", null);
}
