using System.Text.Json;
using Chat.Server.Persistence;

namespace Chat.Tests.Fixtures.Servers;

/// <summary>Instances on one PostgreSQL database and one Redis, which they reach through a proxy. Started by the first
/// test that is not skipped.</summary>
public sealed class RedisSite : IAsyncLifetime
{
    private readonly List<TestServer> _servers = [];
    private TestDatabase _database = null!;

    internal RedisServer Redis { get; private set; } = null!;

    internal FaultProxy Proxy { get; private set; } = null!;

    internal TestServer Ann => _servers[0];

    internal TestServer Bob => _servers[1];

    internal async Task StartAsync()
    {
        if (_servers.Count > 0) return;
        Redis = await RedisServer.StartNewAsync();
        Proxy = new FaultProxy(Redis.Port, speaksRedis: true);
        _database = await TestDatabase.CreateAsync(DatabaseKind.Postgres);
        _servers.AddRange(await Task.WhenAll(AddServerAsync(), AddServerAsync()));
        foreach (var server in _servers) await UntilHealthAsync(server, "ready");
    }

    /// <summary>One more instance on the same database and Redis.</summary>
    internal Task<TestServer> AddServerAsync(params (string Name, string Value)[] settings) => TestServer.StartAsync(
        _database.Settings,
        [
            ("ConnectionStrings:Redis", $"redis://127.0.0.1:{Proxy.Port}"), ("Chat:Backplane:ProbeMilliseconds", "200"),
            ("Chat:FanOut:HeadCheckMilliseconds", "200"), .. settings,
        ]);

    /// <summary>Waits until readiness says so, in its first word. Redis never makes a server unready; its database
    /// does for a moment, where the machine is busy and a look takes longer than it may.</summary>
    internal static async Task UntilHealthAsync(TestServer server, string status)
    {
        await Eventually.HoldsAsync(async () =>
        {
            using var response = await server.Http.GetAsync("/health/ready");
            var text = await response.Content.ReadAsStringAsync();
            if (!response.IsSuccessStatusCode)
                Assert.DoesNotContain("backplane", JsonDocument.Parse(text).RootElement.GetProperty("failing")
                    .EnumerateObject().Select(check => check.Name));
            return text.StartsWith($$"""{"status":"{{status}}""", StringComparison.Ordinal);
        });
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (_servers.Count == 0) return;
        await Task.WhenAll(_servers.Select(server => server.DisposeAsync().AsTask()));
        await _database.DisposeAsync();
        await Proxy.DisposeAsync();
        await Redis.DisposeAsync();
    }
}
