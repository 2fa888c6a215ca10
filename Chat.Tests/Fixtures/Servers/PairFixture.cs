using Chat.Server.FanOut.Backplane.InProcess;
using Chat.Server.Persistence;

namespace Chat.Tests.Fixtures.Servers;

/// <summary>Two servers on one database that tell each other what happens, as two instances of one deployment; started
/// by the first test that is not skipped.</summary>
public sealed class PairFixture : IAsyncLifetime
{
    private TestDatabase? _database;

    internal TestServer First { get; private set; } = null!;

    internal TestServer Second { get; private set; } = null!;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (_database is null) return;
        await First.DisposeAsync();
        await Second.DisposeAsync();
        await _database.DisposeAsync();
    }

    internal async Task StartAsync(DatabaseKind kind, params (string Name, string Value)[] settings)
    {
        if (_database is not null) return;
        _database = await TestDatabase.CreateAsync(kind);
        var bus = new InProcessBus();
        First = await TestServer.StartAsync(_database.Settings, bus, settings);
        Second = await TestServer.StartAsync(_database.Settings, bus, settings);
    }
}
