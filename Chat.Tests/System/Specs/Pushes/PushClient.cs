using Chat.Contracts.Identifiers;
using Chat.Server.Connections;
using Chat.Tests.Fixtures;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using HubConnectionOfServer = Chat.Server.Transports.SignalR.HubConnection;

namespace Chat.Tests.Specs.Pushes;

/// <summary>SignalR's own client, as a receiver of pushes: calls of <c>Hello</c>, and of <c>Ask</c>, which wants a
/// result.</summary>
internal sealed class PushClient : IAsyncDisposable
{
    /// <summary>A call that is no test's: how the instances are found to reach each other.</summary>
    public const string Probe = "Probe";

    private readonly HubConnection _hub;
    private readonly TestServer _server;

    private PushClient(TestServer server, string user, bool binary)
    {
        _server = server;
        Name = user;
        User = UserId.Parse(user).Key().ToString();
        var builder = new HubConnectionBuilder().WithUrl(new Uri(server.Url, $"hubs/chat?user_id={user}"));
        if (binary) builder.AddMessagePackProtocol();
        _hub = builder.Build();
        _hub.On<string>("Hello", Heard.Add);
        _hub.On(Probe, () => Probed.Add());
        _hub.On<string, object?>("Ask", question =>
        {
            Asked.Add(question);
            return Answer();
        });
    }

    public string Name { get; }

    /// <summary>As SignalR knows the user.</summary>
    public string User { get; }

    public string Id => _hub.ConnectionId!;

    public Inbox<string> Heard { get; } = new();

    public Inbox<string> Asked { get; } = new();

    /// <summary>Calls of <see cref="Probe"/>.</summary>
    public Tally Probed { get; } = new();

    /// <summary>What is answered to <c>Ask</c>.</summary>
    public Func<Task<object?>> Answer { get; set; } = () => Task.FromResult<object?>(7);

    public static async Task<PushClient> ConnectAsync(TestServer server, string? user = null, bool binary = false)
    {
        var client = new PushClient(server, user ?? $"u{Guid.NewGuid():N}", binary);
        await client._hub.StartAsync().WaitAsync(Bounds.Wait);
        await client._hub.InvokeAsync("Conversations").WaitAsync(Bounds.Wait); // calls begin when it is known there
        return client;
    }

    /// <summary>The same, and its subscriptions in Redis are in effect: a connection waits only shortly for
    /// them.</summary>
    public static async Task<PushClient> ConnectReachableAsync(
        TestServer server, string? user = null, bool binary = false)
    {
        var client = await ConnectAsync(server, user, binary);
        var known = server.Services.GetRequiredService<ConnectionRegistry>().Find(client.Id) as HubConnectionOfServer;
        if (known?.Writer.StandIn is { } standIn) await standIn.Shown.WaitAsync(Bounds.Wait);
        return client;
    }

    /// <summary>Ends the connection, and waits until its server knows.</summary>
    public async Task DisconnectAsync()
    {
        var id = Id;
        await _hub.DisposeAsync();
        var connections = _server.Services.GetRequiredService<ConnectionRegistry>();
        await Eventually.HoldsAsync(() => Task.FromResult(connections.Find(id) is null));
    }

    public async Task HearsAsync(string what) => Assert.Equal(what, await Heard.NextAsync());

    public ValueTask DisposeAsync() => _hub.DisposeAsync();
}
