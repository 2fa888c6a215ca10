using Chat.Server.Persistence;
using Chat.Tests.Fixtures;

namespace Chat.Tests.Integration.Tasks.Admin;

/// <summary>One server for the tests of a class, whose worker rests: tasks stay where the tests put them.</summary>
public sealed class TaskAdminServer : IAsyncLifetime
{
    private readonly ServerFixture _fixture = new();

    public Task InitializeAsync() => _fixture.InitializeAsync();

    public Task DisposeAsync() => _fixture.DisposeAsync();

    internal Task<TestServer> StartAsync(DatabaseKind kind, params (string Name, string Value)[] settings) =>
        _fixture.StartAsync(kind, [("Chat:Tasks:Concurrency", "0"), .. settings]);
}
