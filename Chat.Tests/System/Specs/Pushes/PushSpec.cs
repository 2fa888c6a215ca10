using Chat.Server.Transports.SignalR;
using Microsoft.AspNetCore.SignalR;

namespace Chat.Tests.Specs.Pushes;

/// <summary>What is promised to code that sends through <c>IHubContext</c>: what aspnetcore's own specification of
/// lifetime managers wants, over real connections. <c>Here</c> is the instance that sends, <c>There</c> another one
/// where there are two.</summary>
public abstract partial class PushSpec(PushSite site) : IAsyncLifetime
{
    private readonly string _group = $"g{Guid.NewGuid():N}";

    protected abstract int Instances { get; }

    protected abstract PushRedis Redis { get; }

    private HubLifetimeManager<ChatHub> Here => PushSite.ManagerOf(site.Here);

    private HubLifetimeManager<ChatHub> There => PushSite.ManagerOf(site.There);

    public Task InitializeAsync() => site.StartAsync(Instances, Redis);

    public Task DisposeAsync()
    {
        Assert.Equal("", site.Here.TakeErrors() + site.There.TakeErrors());
        return Task.CompletedTask;
    }

    private Task<PushClient> ConnectHereAsync(string? user = null) => PushClient.ConnectReachableAsync(site.Here, user);

    private Task<PushClient> ConnectThereAsync(string? user = null) =>
        PushClient.ConnectReachableAsync(site.There, user, binary: true);

    /// <summary>What comes next is this, so nothing came before.</summary>
    private async Task HeardNothingElseAsync(params PushClient[] clients)
    {
        foreach (var client in clients)
        {
            await Here.SendUserAsync(client.User, "Hello", ["that is all"]);
            await client.HearsAsync("that is all");
        }
    }
}
