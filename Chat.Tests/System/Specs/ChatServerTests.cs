using Chat.ClientSdk;
using Chat.ClientSdk.Connection;
using Chat.Contracts.Identifiers;
using Chat.Server.Erasures;
using Chat.Server.Persistence;
using Chat.Server.Users;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Tests.Specs;

public sealed class RealChatServerTests : ChatServerSpec
{
    private TestDatabase _database = null!;
    private TestServer _server = null!;

    public override async Task InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        // The double has users go at once, so let the server be quick too. Nor does it know time: on a busy machine
        // typing would be told again, or be over, between two calls.
        _server = await TestServer.StartAsync(_database.Settings, ("Chat:Presence:LingerSeconds", "0"),
            ("Chat:Signals:TypingThrottleMilliseconds", "60000"), ("Chat:Signals:TypingExpiryMilliseconds", "600000"));
    }

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        await _server.DisposeAsync();
        await _database.DisposeAsync();
    }

    internal override IChatConnection Connect(UserId user) =>
        new HubChatConnection(ChatClientOptions.ForServer(_server.Url) with { UserId = user });

    internal override Task SetNameAsync(UserId user, string? name) =>
        _server.Services.GetRequiredService<UserDirectory>().SetNameAsync(user.Key(), name, CancellationToken.None);

    internal override async Task EraseAsync(ConversationId conversation, long? through, UserId? user) =>
        await _server.Services.GetRequiredService<ContentEraser>()
            .EraseAsync(new ErasureOrder(conversation, through, user, $"{Guid.NewGuid():N}"), CancellationToken.None);
}
