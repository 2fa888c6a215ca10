using Chat.Server.Persistence;

namespace Chat.Tests.Fixtures.Servers;

/// <summary>One server for the tests of a class, started by the first of them that is not skipped.</summary>
public sealed class ServerFixture : IAsyncLifetime
{
    private TestDatabase? _database;
    private TestServer? _server;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (_server is not null) await _server.DisposeAsync();
        if (_database is not null) await _database.DisposeAsync();
    }

    internal async Task<TestServer> StartAsync(DatabaseKind kind, params (string Name, string Value)[] settings)
    {
        if (_server is not null) return _server;
        _database = await TestDatabase.CreateAsync(kind);
        return _server = await TestServer.StartAsync(_database.Settings, settings);
    }
}
