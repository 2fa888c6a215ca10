using Chat.Contracts.Identifiers;
using Chat.Server.Persistence;
using Chat.Server.Transports.SignalR;
using Chat.Tests.Fixtures;
using Chat.Tests.Specs.Pushes;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Tests.Integration.Generations;

/// <summary>Two deployments that share a Redis and a channel prefix. CH-133.</summary>
public sealed class TwoDeploymentsTests
{
    private static readonly ConversationId Lobby = ConversationId.Lobby;

    [RedisFact]
    public async Task Nothing_of_one_shows_in_the_other()
    {
        await using var redis = await RedisServer.StartNewAsync();
        await using var one = await TestDatabase.CreateAsync(DatabaseKind.Sqlite, migrated: false);
        await using var other = await TestDatabase.CreateAsync(DatabaseKind.Sqlite, migrated: false);
        await using var staging = await StartAsync(one, redis);
        await using var production = await StartAsync(other, redis);
        await using var second = await StartAsync(other, redis);
        await using var reader = await production.ConnectRawAsync("reader", "seq,presence,typing");
        await reader.JoinAsync(Lobby, 0);
        await using var pushed = await PushClient.ConnectReachableAsync(production);
        await using var tester = await staging.ConnectHubAsync("tester");
        await using var writer = await second.ConnectHubAsync("writer");

        await tester.SendAsync(Lobby, "staging");
        await tester.TypingAsync(Lobby);
        await HubOf(staging).Clients.User(pushed.User).SendAsync("Hello", "staging");
        await writer.SendAsync(Lobby, "production");
        await HubOf(second).Clients.User(pushed.User).SendAsync("Hello", "production");

        var message = (await reader.UntilAsync("message")).GetProperty("message");
        Assert.Equal(("production", 1),
            (message.GetProperty("body").GetString(), message.GetProperty("seq").GetInt64()));
        await pushed.HearsAsync("production");
        await Eventually.HoldsAsync(async () => (await writer.GetPresenceAsync(Lobby)).Users.Any(
            user => user.UserId == UserId.Parse("reader")));
        Assert.DoesNotContain((await writer.GetPresenceAsync(Lobby)).Users,
            user => user.UserId == UserId.Parse("tester"));
    }

    private static Task<TestServer> StartAsync(TestDatabase database, RedisServer redis) => StartedAsync(
        database, ("ConnectionStrings:Redis", redis.Url), ("Chat:Backplane:ProbeMilliseconds", "200"),
        ("Chat:FanOut:HeadCheckMilliseconds", "600000"));

    private static async Task<TestServer> StartedAsync(
        TestDatabase database, params (string Name, string Value)[] settings)
    {
        var server = await TestServer.StartAsync(database.Settings, settings);
        await RedisSite.UntilHealthAsync(server, "ready");
        return server;
    }

    private static IHubContext<ChatHub> HubOf(TestServer server) =>
        server.Services.GetRequiredService<IHubContext<ChatHub>>();
}
