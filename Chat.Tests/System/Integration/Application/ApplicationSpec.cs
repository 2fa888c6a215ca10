using Chat.Contracts.Identifiers;
using Chat.Server;
using Chat.Server.Persistence;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Tests.Integration.Application;

/// <summary>The chat from inside the application, on a server that logs no error.</summary>
public abstract class ApplicationSpec : IAsyncLifetime
{
    protected static readonly UserId Ann = UserId.Parse("ann"), Ben = UserId.Parse("ben");

    internal abstract DatabaseKind Kind { get; }

    internal TestDatabase Database { get; private set; } = null!;

    internal TestServer Server { get; private set; } = null!;

    protected IChat Chat => Server.Services.GetRequiredService<IChat>();

    public async Task InitializeAsync()
    {
        Database = await TestDatabase.CreateAsync(Kind);
        Server = await TestServer.StartAsync(Database.Settings);
    }

    public async Task DisposeAsync()
    {
        Assert.Equal("", Server.TakeErrors());
        await Server.DisposeAsync();
        await Database.DisposeAsync();
    }
}
