using Chat.Server.FanOut.Backplane.InProcess;
using Chat.Server.Persistence;
using Chat.Tests.Fixtures;

namespace Chat.Tests.Integration.Instances;

/// <summary>Two instances on one database, in this process.</summary>
internal sealed class TwoInstances : IAsyncDisposable
{
    private readonly TestDatabase _database;

    private TwoInstances(TestDatabase database, TestServer a, TestServer b) => (_database, A, B) = (database, a, b);

    public TestServer A { get; }

    public TestServer B { get; }

    /// <summary>Instances that tell each other what happens.</summary>
    public static Task<TwoInstances> StartAsync(DatabaseKind kind, params (string Name, string Value)[] settings)
    {
        var bus = new InProcessBus();
        return StartAsync(kind, bus, bus, settings);
    }

    /// <summary>Instances that know of each other only through the database.</summary>
    public static Task<TwoInstances> StartApartAsync(
        DatabaseKind kind, params (string Name, string Value)[] settings) =>
        StartAsync(kind, new InProcessBus(), new InProcessBus(), settings);

    public async ValueTask DisposeAsync()
    {
        await B.DisposeAsync();
        await A.DisposeAsync();
        await _database.DisposeAsync();
    }

    private static async Task<TwoInstances> StartAsync(
        DatabaseKind kind, InProcessBus forA, InProcessBus forB, (string Name, string Value)[] settings)
    {
        var database = await TestDatabase.CreateAsync(kind);
        var a = await TestServer.StartAsync(database.Settings, forA, settings);
        return new TwoInstances(database, a, await TestServer.StartAsync(database.Settings, forB, settings));
    }
}
