using Chat.Server.Persistence;
using Chat.Server.Transports.SignalR;
using Chat.Tests.Fixtures;
using Chat.Tests.Specs.Pushes;
using Microsoft.AspNetCore.SignalR;

namespace Chat.Tests.Faults;

/// <summary>Pushes through <c>IHubContext</c> while Redis is away, silent or strict.</summary>
public sealed class RedisPushTests : IAsyncLifetime
{
    private readonly string _group = $"g{Guid.NewGuid():N}";
    private TestDatabase _database = null!;
    private RedisServer? _redis;
    private readonly List<TestServer> _servers = [];

    private TestServer A => _servers[0];

    private TestServer B => _servers[1];

    public async Task InitializeAsync() => _database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);

    public async Task DisposeAsync()
    {
        foreach (var server in _servers)
        {
            Assert.Equal("", server.TakeErrors());
            await server.DisposeAsync();
        }
        await _database.DisposeAsync();
        if (_redis is not null) await _redis.DisposeAsync();
    }

    [RedisFact]
    public async Task Redis_that_is_down_at_the_start_holds_up_nobody_and_is_used_when_it_is_there()
    {
        _redis = await RedisServer.StartNewAsync();
        await _redis.KillAsync();
        await StartAsync(_redis.Url, "degraded");
        await using var ann = await PushClient.ConnectAsync(A);
        await using var bob = await PushClient.ConnectAsync(B);
        await ManagerOf(A).AddToGroupAsync(ann.Id, _group);
        await ManagerOf(A).SendGroupAsync(_group, "Hello", ["local"]);
        await ann.HearsAsync("local");
        await Assert.ThrowsAsync<IOException>(() => ManagerOf(A).AddToGroupAsync(bob.Id, _group));

        await _redis.StartAgainAsync();

        await ReachesAsync(() => ManagerOf(A).SendUserAsync(bob.User, "Hello", ["there"]), bob);
        await ReachesAsync(() => ManagerOf(B).SendUserAsync(ann.User, "Hello", ["there"]), ann);
        await ReachesAsync(() => ManagerOf(B).SendGroupAsync(_group, "Hello", ["group"]), ann);
    }

    [RedisFact]
    public async Task An_outage_is_borne_and_what_was_there_before_and_came_during_it_is_reached_after_it()
    {
        _redis = await RedisServer.StartNewAsync();
        await StartAsync(_redis.Url, "ready");
        await using var before = await PushClient.ConnectReachableAsync(B);
        await ManagerOf(B).AddToGroupAsync(before.Id, _group);
        await ManagerOf(A).SendGroupAsync(_group, "Hello", ["before"]);
        await before.HearsAsync("before");

        await _redis.KillAsync();
        await using var during = await PushClient.ConnectAsync(B);
        await ManagerOf(B).AddToGroupAsync(during.Id, _group);
        await using var gone = await PushClient.ConnectAsync(B, before.Name);
        await gone.DisconnectAsync();
        await ManagerOf(A).SendAllAsync("Hello", ["nobody hears this there"]);
        await ReachesAsync(() => ManagerOf(B).SendAllAsync("Hello", ["local"]), before);
        await ReachesAsync(() => ManagerOf(B).SendUserAsync(during.User, "Hello", ["local"]), during);
        await _redis.StartAgainAsync();

        foreach (var client in new[] { before, during })
        {
            await ReachesAsync(() => ManagerOf(A).SendUserAsync(client.User, "Hello", ["user"]), client);
            await ReachesAsync(() => ManagerOf(A).SendConnectionAsync(client.Id, "Hello", ["connection"]), client);
            await ReachesAsync(() => ManagerOf(A).SendGroupAsync(_group, "Hello", ["group"]), client);
        }
        Assert.Equal(7, await ManagerOf(A).InvokeConnectionAsync<int>(during.Id, "Ask", ["?"], default)
            .WaitAsync(Bounds.Wait));
    }

    [RedisFact]
    public async Task A_silent_Redis_holds_up_neither_who_connects_nor_who_sends()
    {
        _redis = await RedisServer.StartNewAsync();
        await StartAsync(_redis.Url, "ready");
        await using var before = await PushClient.ConnectAsync(A);
        _redis.Pause();
        await using var during = await PushClient.ConnectAsync(A);
        await ManagerOf(A).AddToGroupAsync(during.Id, _group);
        await ReachesAsync(() => ManagerOf(A).SendAllAsync("Hello", ["local"]), before);
        await ReachesAsync(() => ManagerOf(A).SendGroupAsync(_group, "Hello", ["group"]), during);
        _redis.Resume();
        await ReachesAsync(() => ManagerOf(B).SendUserAsync(before.User, "Hello", ["there"]), before);
        await ReachesAsync(() => ManagerOf(B).SendGroupAsync(_group, "Hello", ["group there"]), during);
    }

    [RedisFact]
    public async Task The_rights_that_the_documents_name_are_enough()
    {
        _redis = await RedisServer.StartNewAsync(
            "", "--user", "ann", "on", ">secret", "resetkeys", "resetchannels", "&chat:*",
            "-@all", "+@connection", "+@pubsub", "+info", "+cluster|nodes", "--user", "default", "off");
        await StartAsync($"redis://ann:secret@127.0.0.1:{_redis.Port}", "ready");
        await using var bob = await PushClient.ConnectReachableAsync(B);
        await ManagerOf(A).AddToGroupAsync(bob.Id, _group);
        await ManagerOf(A).SendGroupAsync(_group, "Hello", ["group"]);
        await bob.HearsAsync("group");
        await ManagerOf(A).SendUserAsync(bob.User, "Hello", ["user"]);
        await bob.HearsAsync("user");
    }

    private static HubLifetimeManager<ChatHub> ManagerOf(TestServer server) => PushSite.ManagerOf(server);

    /// <summary>What is sent while an outage begins or ends may be lost; what is sent after it is not.</summary>
    private static async Task ReachesAsync(Func<Task> send, PushClient client)
    {
        while (!client.Heard.IsEmpty) await client.Heard.NextAsync();
        await Eventually.HoldsAsync(async () =>
        {
            await send().WaitAsync(Bounds.Wait);
            return !client.Heard.IsEmpty;
        });
    }

    private async Task StartAsync(string redis, string health)
    {
        while (_servers.Count < 2)
            _servers.Add(await TestServer.StartAsync(
                _database.Settings, ("ConnectionStrings:Redis", redis), ("Chat:Backplane:ProbeMilliseconds", "200")));
        foreach (var server in _servers) await RedisSite.UntilHealthAsync(server, health);
    }
}
