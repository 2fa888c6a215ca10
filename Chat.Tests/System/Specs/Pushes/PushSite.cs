using Chat.Server.Persistence;
using Chat.Server.Transports.SignalR;
using Chat.Tests.Fixtures;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Tests.Specs.Pushes;

/// <summary>The instances that the tests of a class push from and to; started by the first of them that is not
/// skipped.</summary>
public sealed class PushSite : IAsyncLifetime
{
    private readonly List<TestServer> _servers = [];
    private TestDatabase? _database;
    private IAsyncDisposable? _redis; // of this site alone

    internal TestServer Here => _servers[0];

    /// <summary>Another instance when there are two.</summary>
    internal TestServer There => _servers[^1];

    internal static HubLifetimeManager<ChatHub> ManagerOf(TestServer server) =>
        server.Services.GetRequiredService<HubLifetimeManager<ChatHub>>();

    internal async Task StartAsync(int instances, PushRedis redis)
    {
        if (_database is not null) return;
        _database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        (string, string)[] settings = await StartRedisAsync(redis) is { } place
            ?
            [
                ("ConnectionStrings:Redis", place), ("Chat:Backplane:ChannelPrefix", $"push-{Guid.NewGuid():N}"),
                // A minute without an answer is an outage: on a busy machine answers are late, and nothing is sent.
                ("Chat:Backplane:ProbeMilliseconds", "24000")
            ]
            : [];
        while (_servers.Count < instances) _servers.Add(await TestServer.StartAsync(_database.Settings, settings));
        foreach (var server in _servers) await RedisSite.UntilHealthAsync(server, "ready");
        foreach (var sender in _servers)
            foreach (var receiver in _servers) await UntilItHearsAsync(sender, receiver);
    }

    private async Task<string?> StartRedisAsync(PushRedis redis)
    {
        switch (redis)
        {
            case PushRedis.OneServer:
                return (await RedisServer.SharedAsync()).Url;
            case PushRedis.Cluster:
                var cluster = await RedisCluster.StartAsync();
                _redis = cluster;
                return cluster.ConnectionString;
            case PushRedis.Sentinels:
                var sentinels = await RedisSentinels.StartAsync();
                _redis = sentinels;
                return sentinels.ConnectionString;
            default:
                return null;
        }
    }

    /// <summary>An instance that has just started may miss what is sent before its subscriptions are in effect, and
    /// what it sends itself may be lost until it knows which of several servers is the primary. What is sent here until
    /// then may come when tests have begun: so it is another call than theirs.</summary>
    private static async Task UntilItHearsAsync(TestServer sender, TestServer receiver)
    {
        await using var client = await PushClient.ConnectAsync(receiver);
        await Eventually.HoldsAsync(async () =>
        {
            await ManagerOf(sender).SendAllAsync(PushClient.Probe, []);
            return client.Probed.Count > 0;
        });
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var server in _servers) await server.DisposeAsync();
        if (_database is not null) await _database.DisposeAsync();
        if (_redis is not null) await _redis.DisposeAsync();
    }
}
