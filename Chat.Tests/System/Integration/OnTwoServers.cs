using Chat.Server.Persistence;
using Chat.Tests.Fixtures;

namespace Chat.Tests.Integration;

/// <summary>Tests on two servers of one deployment, without limits; neither may log an error.</summary>
public abstract class OnTwoServers(PairFixture pair) : IAsyncLifetime, IClassFixture<PairFixture>
{
    internal static (string Name, string Value)[] NoLimits { get; } = [("Chat:Limits:Factor", "0")];

    internal TestServer First => pair.First;

    internal TestServer Second => pair.Second;

    internal abstract DatabaseKind Kind { get; }

    public async Task InitializeAsync()
    {
        await pair.StartAsync(Kind, NoLimits);
        await PrepareAsync();
    }

    public Task DisposeAsync()
    {
        Assert.Equal("", First.TakeErrors() + Second.TakeErrors());
        return Task.CompletedTask;
    }

    /// <summary>Before each test.</summary>
    protected abstract Task PrepareAsync();
}
