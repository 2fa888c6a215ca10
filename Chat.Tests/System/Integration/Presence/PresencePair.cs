using Chat.ClientSdk;
using Chat.Contracts.Commands;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;
using Chat.Server.FanOut.Backplane;
using Chat.Server.FanOut.Backplane.InProcess;
using Chat.Server.Persistence;
using Chat.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Tests.Integration.Presence;

/// <summary>Two instances on one database that hear each other, and are quick to notice who went.</summary>
public sealed class PresencePair : IAsyncLifetime
{
    private readonly InProcessBus _bus = new();
    private TestDatabase? _database;

    internal TestServer A { get; private set; } = null!;

    internal TestServer B { get; private set; } = null!;

    public Task InitializeAsync() => Task.CompletedTask;

    /// <param name="kind">Of the database.</param>
    /// <param name="leaseSeconds">Long, unless a test waits for its end: a busy machine must not let it end.</param>
    internal async Task StartAsync(DatabaseKind kind, int leaseSeconds = 60)
    {
        if (_database is not null) return;
        _database = await TestDatabase.CreateAsync(kind);
        (string, string)[] settings =
        [
            // Who is heard once stays for longer than a machine may stall: else nobody is told that the user came.
            ("Chat:Presence:LingerSeconds", "1"), ("Chat:Presence:RestSeconds", "15"),
            ("Chat:Presence:HeartbeatSeconds", "1"), ("Chat:Presence:LeaseSeconds", $"{leaseSeconds}"),
            ("Chat:Presence:WatchLimit", "8"), ("Chat:Core:AccessCacheSeconds", "0"),
        ];
        A = await TestServer.StartAsync(_database.Settings, _bus, settings);
        B = await TestServer.StartAsync(_database.Settings, _bus, settings);
    }

    /// <summary>An instance that hears from neither, and knows what is stored.</summary>
    internal Task<TestServer> StartAloneAsync() => TestServer.StartAsync(_database!.Settings);

    /// <summary>From now on nobody hears from B, as after kill -9.</summary>
    internal void CutB() => _bus.Remove((InProcessBackplane)B.Services.GetRequiredService<IBackplane>());

    public async Task DisposeAsync()
    {
        if (A is not null) await A.DisposeAsync();
        if (B is not null) await B.DisposeAsync();
        if (_database is not null) await _database.DisposeAsync();
    }
}

/// <summary>A hub connection that watches, and what it was told.</summary>
internal sealed class PresenceWatcher : IAsyncDisposable
{
    private readonly Inbox<PresenceChange> _changes = new();

    private PresenceWatcher(ChatHubConnection hub)
    {
        Hub = hub;
        hub.OnPresence(_changes.Add);
    }

    public ChatHubConnection Hub { get; }

    public bool WasToldNothing => _changes.IsEmpty;

    public static async Task<PresenceWatcher> ConnectAsync(TestServer server, string user) =>
        new(await server.ConnectHubAsync(user));

    /// <summary>Makes a group of the given users.</summary>
    public async Task<ConversationId> CreateGroupAsync(params string[] users) =>
        (await Hub.CreateConversationAsync(
            new CreateConversation { ParticipantIds = [.. users.Select(UserId.Parse)] })).Id;

    public async Task<PresenceSnapshot> WatchAsync(ConversationId conversation)
    {
        await Hub.JoinAsync(conversation);
        return await Hub.GetPresenceAsync(conversation);
    }

    /// <summary>The next thing told of the user.</summary>
    public async Task<PresenceChange> NextOfAsync(string user)
    {
        while (true)
            if (await _changes.NextAsync() is var change && change.UserId.Value == user) return change;
    }

    public Task<PresenceChange> NextAsync() => _changes.NextAsync();

    public ValueTask DisposeAsync() => Hub.DisposeAsync();
}
