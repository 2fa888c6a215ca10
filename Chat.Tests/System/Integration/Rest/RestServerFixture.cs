using Chat.Server.Persistence;
using Chat.Tests.Fixtures;

namespace Chat.Tests.Integration.Rest;

/// <summary>One server on SQLite for the tests of a class, whose polls give up after a second.</summary>
public sealed class RestServerFixture : IAsyncLifetime
{
    private TestDatabase _database = null!;

    internal RestServer Server { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        Server = await RestServer.StartAsync(_database.Settings, ("Chat:Room:PollSeconds", "1"));
    }

    public async Task DisposeAsync()
    {
        await Server.DisposeAsync();
        await _database.DisposeAsync();
    }
}
